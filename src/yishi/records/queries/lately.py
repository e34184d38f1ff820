"""What a page offers by may be a minute old: the act behind the button asks anew and decides."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import caches

T = TypeVar("T")
SECONDS = 60


def lately(what: str, about: object, make: Callable[[], T], seconds: int = SECONDS) -> T:
    """`make()`, or what it made for the same thing within the last `seconds` in this process."""
    asked = repr((settings.YISHI_VAR, what, about))
    key = f"{what}-{hashlib.sha256(asked.encode()).hexdigest()}"
    found: T | None = caches["local"].get(key)
    if found is None:
        found = make()
        caches["local"].set(key, found, timeout=seconds)
    return found
