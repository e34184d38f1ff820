"""The line to a higher system in words: why an order was not taken in, what an answer says."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from yishi.core.refusal import Refusal
from yishi.phrases.refusal import has_words, say_refusal
from yishi.phrases.row import is_of_row, say_row

LANGUAGES = {"zh": "zh-hans", "en": "en"}


def say_order(refusal: Refusal) -> str:
    """Why an order was not taken in, in one sentence that names what they call the field."""
    sentence = _sentences().get(refusal.code)
    if sentence:
        need = _row(refusal.need)
        return sentence % {"need": need, "have": _row(refusal.have), "column": refusal.unit}
    if is_of_row(refusal.code) or not has_words(refusal.code):
        return say_row(refusal)
    said = say_refusal(refusal)
    return _("%(title)s. %(missing)s") % said if said["missing"] else str(said["title"])


def say_both(refusal: Refusal) -> dict[str, str]:
    """A refusal for another machine and whoever reads its log: {code, field, zh, en}."""
    told = {"code": refusal.code, "field": field_of(refusal)}
    for name, language in LANGUAGES.items():
        with override(language):
            told[name] = say_order(refusal)
    return told


def field_of(refusal: Refusal) -> str:
    """The field, or their column, a refusal is about; "" where it is about the whole."""
    if refusal.code == "cell_required":
        return str(refusal.need)
    if refusal.code == "nature_unknown":
        return "nature"
    return refusal.unit if refusal.code in _NAMES_A_FIELD else ""


_NAMES_A_FIELD = frozenset(
    {
        "cell_too_long",
        "cell_not_time",
        "cell_unknown_value",
        "field_unknown",
        "field_not_text",
        "phone_unreadable",
    }
)


def _sentences() -> dict[str, str]:
    return {
        "order_changed": _(
            "It came in before as %(have)s with other words; what was taken in stays as it is"
        ),
        "place_missing": _("It names no street, no community and no address we can read"),
        "place_twice": _("“%(have)s” may be any of %(need)s places; name the street as well"),
        "place_elsewhere": _("“%(have)s” does not lie in %(need)s"),
        "field_unknown": _("“%(column)s” is no field of an order; fields are %(need)s"),
        "field_not_text": _("“%(column)s” is not text"),
        "phone_unreadable": _("“%(column)s” is “%(have)s”, which is no phone number"),
        "nature_unknown": _("The nature “%(have)s” is not known; known are %(need)s"),
        "order_not_object": _("An order is an object with named fields"),
    }


def _row(value: object) -> str:
    if isinstance(value, tuple | list | frozenset):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
