"""What the responsibility list says of an item, in words."""

from django.utils.translation import gettext as _

from yishi.core.duty import CommunityMay


def say_may(may: str) -> str:
    """What a community may be asked to do for an item."""
    words: dict[str, str] = {
        CommunityMay.LEAD: _("a community may lead"),
        CommunityMay.ASSIST: _("a community may assist only"),
        CommunityMay.NONE: _("not for a community"),
    }
    return words.get(may, may)
