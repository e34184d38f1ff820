"""What each field of a sheet asked for from above holds, for whoever reads its rule file."""

from django.utils.translation import gettext as _


def say_fields() -> dict[str, str]:
    """Field → words."""
    return {
        "position": _("running number"),
        "number": _("number here"),
        "their_number": _("their number"),
        "filed_on": _("day it was received"),
        "filed_at": _("moment it was received"),
        "channel": _("channel"),
        "street": _("sub-district"),
        "community": _("community"),
        "grid": _("grid"),
        "building": _("building"),
        "spot": _("where exactly"),
        "nature": _("nature"),
        "kind": _("way of settling"),
        "major": _("class of the item"),
        "item": _("item"),
        "item_code": _("code of the item"),
        "lead": _("lead unit"),
        "co": _("co-handlers"),
        "dispatched_at": _("moment of dispatch"),
        "signed_at": _("moment of signing"),
        "contacted_at": _("moment of contact"),
        "due_at": _("when it is due"),
        "their_due_at": _("when it is due for them"),
        "settled_at": _("moment it was settled"),
        "answered_at": _("moment of the answer"),
        "days": _("days from dispatch to result"),
        "on_time": _("on time or not"),
        "limit": _("limit of the list"),
        "basis": _("legal basis"),
        "result": _("result, without what identifies"),
        "state": _("state"),
        "merged_into": _("number it was merged into"),
        "residents": _("residents concerned"),
        "returns": _("returns asked, times"),
        "urged": _("urged, times"),
        "solved": _("solved or not"),
        "satisfaction": _("how satisfied"),
        "orders": _("supervisory orders"),
    }
