"""Changes rows behind the door's back."""

import sys

import django

django.setup()

from django.db import connection  # noqa: E402

with connection.cursor() as cursor:
    cursor.execute(sys.argv[1])
    if cursor.rowcount < 1:
        sys.exit("no row was changed")
