"""A child that waits for the word, then tells the rolls that are being told until none is left."""

import os
import sys
from datetime import datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yishi.site.settings")

import django

django.setup()

from yishi.jobs.tell_rolls import tell_rolls  # noqa: E402
from yishi.records.models import RollTold  # noqa: E402

now = datetime.fromisoformat(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
told = 0
while RollTold.objects.filter(ended_at=None).exists():
    told += tell_rolls(now, 3)
print(told, flush=True)
