"""A child that waits for the word, then sends what is due at a moment, once."""

import os
import sys
from datetime import datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yishi.site.settings")

import django

django.setup()

from yishi.jobs.send import send_all  # noqa: E402

print("ready", flush=True)
sys.stdin.readline()
print(send_all(datetime.fromisoformat(sys.argv[1]), 200), flush=True)
