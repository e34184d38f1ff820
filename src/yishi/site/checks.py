"""What keeps an installation from starting: one plain sentence each."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from yishi.site import options, sqlite


def refusals() -> list[str]:
    """Every reason not to start with the settings now in force; empty when there is none."""
    found = list(settings.YISHI_FAULTS)
    if settings.YISHI_MODE not in tuple(options.Mode):
        found.append(f"YISHI_MODE is {settings.YISHI_MODE!r}; it must be demo, production or test.")
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        found += filter(None, [sqlite.too_old(sqlite.use_bundled().sqlite_version_info[:3])])
    if settings.YISHI_MODE == options.Mode.PRODUCTION:
        found += _production()
    return found


def _production() -> list[str]:
    found = []
    secret_key = _secret_key()
    if not secret_key:
        found.append("Production needs YISHI_SECRET_KEY: a random text of 50 characters or more.")
    elif secret_key == options.DEMO_SECRET_KEY or len(secret_key) < 50:
        found.append("YISHI_SECRET_KEY is the demo's or too short; production needs its own.")
    if not settings.YISHI_DATA_KEYS:
        found.append("Production needs YISHI_DATA_KEY: an id, a colon and 32 bytes in base64.")
    elif "demo" in settings.YISHI_DATA_KEYS:
        found.append("YISHI_DATA_KEY is the demo's; production needs its own.")
    if not settings.ALLOWED_HOSTS:
        found.append("Production needs YISHI_HOSTS: the host names it is reached by.")
    if settings.DEBUG:
        found.append("Production refuses YISHI_DEBUG: error pages would show personal data.")
    if settings.YISHI_CLOCK_OFFSET_SECONDS:
        found.append("Production refuses YISHI_CLOCK_OFFSET_SECONDS: its clock is the real one.")
    if settings.YISHI_DEMO:
        found.append("Production refuses the demo's page on which anybody may be anybody.")
    marker = settings.YISHI_VAR / "demo"
    if marker.exists():
        found.append(
            f"{settings.YISHI_VAR} holds a demo district, where anybody may be anybody; "
            "production needs a folder of its own."
        )
    return found


def _secret_key() -> str:
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's way of saying that it is empty
        return ""


def system_check(**_kwargs: Any) -> list[CheckMessage]:
    """The same sentences as Django's system checks, so that every command refuses too."""
    return [Error(sentence, id="yishi.E001") for sentence in refusals()]


def refuse_to_start() -> None:
    """End the process with the sentences, if there are any."""
    found = refusals()
    if found:
        raise SystemExit("Yishi does not start:\n" + "\n".join(f"- {line}" for line in found))
