"""The WSGI application that the server loads."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yishi.site.settings")

from django.core.wsgi import get_wsgi_application

from yishi.site.checks import refuse_to_start

refuse_to_start()
application = get_wsgi_application()
