"""What is public is looked through before it is sent: a phone or a document number in it is pointed
out, and stays only where whoever wrote it says so."""

from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.utils.translation import gettext as _

from yishi.core.redaction import redact
from yishi.records.index import rules_at
from yishi.records.models import Place

# What lets anybody reach somebody, or be them. A room or a plate often is what a topic is about.
POINTED_OUT = frozenset(
    {"mobile", "landline", "email", "id_number", "id_number_old", "bank_card", "account"}
)
SHOWN = 5


def personal_in(texts: Iterable[str], place: Place, now: datetime) -> list[str]:
    """The phones, addresses and document numbers in the texts, as they are written, each once, by
    the redaction rules in force at the place."""
    rules = rules_at(place, now)
    found: dict[str, None] = {}
    for text in texts:
        for mark in redact(text, rules)[1]:
            if mark.code in POINTED_OUT:
                found[_whole(text, mark.start, mark.end)] = None
    return list(found)


def _whole(text: str, start: int, end: int) -> str:
    """What a rule hides the middle of, with the letters and digits it hangs on."""
    while start > 0 and _hangs(text[start - 1]):
        start -= 1
    while end < len(text) and _hangs(text[end]):
        end += 1
    return text[start:end]


def _hangs(sign: str) -> bool:
    return sign.isascii() and (sign.isalnum() or sign in "-@._")


def stays(found: list[str]) -> forms.BooleanField:
    """The tick that what was found stays in; unticked, the form says what it is and is not sent."""
    what = _(", ").join(found[:SHOWN])
    return forms.BooleanField(
        label=_("It may stay in; everybody may read it"),
        error_messages={
            "required": _(
                "Anybody may read this, and it holds a number by which somebody can be reached or "
                "known: %(what)s. Take it out, or tick that it may stay."
            )
            % {"what": what}
        },
    )
