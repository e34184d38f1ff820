"""What a page offers by may be a minute old: the act behind the button asks anew and decides."""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches

T = TypeVar("T")
SECONDS = 60


def remembered(what: str, about: object) -> Any:
    """What `lately` still remembers of this; None where it would have to be made."""
    return caches["local"].get(_key(what, about))


def lately(what: str, about: object, make: Callable[[], T], seconds: int = SECONDS) -> T:
    """`make()`, or what it made for the same thing within the last `seconds` in this process."""
    key = _key(what, about)
    found: T | None = caches["local"].get(key)
    if found is None:
        found = make()
        caches["local"].set(key, found, timeout=seconds)
    return found


def _key(what: str, about: object) -> str:
    asked = repr((settings.YISHI_VAR, what, about))
    return f"{what}-{hashlib.sha256(asked.encode()).hexdigest()}"
