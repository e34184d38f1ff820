"""A child that sequences two entries at a time until it is killed."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yishi.site.settings")

import django

django.setup()

from yishi.jobs.sequence import sequence  # noqa: E402

print("ready", flush=True)
while True:
    sequence(batch=2)
