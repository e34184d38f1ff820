"""Identity levels in words."""

from django.utils.translation import gettext as _

from yishi.core.person import Level


def say_level(level: str) -> str:
    """How far a person's identity is known."""
    return {
        Level.PHONE: _("Phone confirmed"),
        Level.RESIDENT: _("Resident, checked by the community"),
        Level.OWNER: _("Owner, checked by the community"),
    }[Level(level)]
