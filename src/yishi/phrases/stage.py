"""The stretches of a case's way, as filters name them."""

from django.utils.translation import gettext as _


def say_stages() -> dict[str, str]:
    """Stage → word, in the order of the way. The codes of `case_list.STAGES`."""
    return {
        "intake": _("To dispatch"),
        "topic": _("Topics"),
        "sign": _("To sign"),
        "returning": _("Returned or in dispute"),
        "handling": _("Being handled"),
        "checking": _("To check"),
        "answer": _("To answer"),
        "answered": _("Answered"),
        "closed": _("Closed"),
    }
