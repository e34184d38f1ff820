"""What may be done with a case among others: put together, taken out, split, called for."""

from django.utils.translation import gettext as _

from yishi.web.case import call
from yishi.web.case.deed import Deed

GROUPED: tuple[Deed, ...] = (
    Deed(
        "merge",
        "case.take_in",
        lambda: _("Handle similar matters together"),
        lambda: "",
        mark="people",
    ),
    Deed(
        "split",
        "case.split",
        lambda: _("Split it into parts"),
        lambda: "",
        mark="unit",
    ),
    Deed(
        "unmerge",
        "case.unmerge",
        lambda: _("Take it out again"),
        lambda: "",
        mark="out",
    ),
    Deed(
        "call",
        "case.call",
        lambda: _("Call for help"),
        lambda: _("The call is out. Units of the place can claim it."),
        call.CallForm,
        call.call,
        hint=lambda: _("A unit that claims it gets a part of the matter, with its own clock."),
        mark="talk",
    ),
)
