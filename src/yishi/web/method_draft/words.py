"""The four words on a method that was sent: who said which, and whose is still to be said."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.method import saying
from yishi.core.method.drafting import DraftState, Part
from yishi.core.permit import Permitted, permit
from yishi.core.person import Actor
from yishi.core.place import BodyKind
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.method_draft import say_part, say_part_does
from yishi.records.models import MethodDraft, MethodWord
from yishi.records.queries import method_draft as query
from yishi.web.case.forms import prose
from yishi.web.office import table

Committees = Mapping[BodyKind, frozenset[int]]


class NoForm(forms.Form):
    """Why the draft goes back, or is given up."""

    use_required_attribute = False
    why = prose(gettext_lazy("Why"), rows=2)


class YesForm(forms.Form):
    """What is said along with a yes."""

    words = prose(gettext_lazy("Remarks, or the number of the file"), rows=2, required=False)


def speaks(actor: Actor, row: MethodDraft, committees: Committees) -> bool:
    """Whether one of the four words would be the actor's to say."""
    return any(
        isinstance(
            permit(actor, saying.ACTS[part], query.word_subject(row.place, committees, part)),
            Permitted,
        )
        for part in Part
    )


def parts_of(
    actor: Actor,
    row: MethodDraft,
    committees: Committees,
    made: frozenset[int],
    words: list[MethodWord],
    moment: Any,
) -> list[dict[str, Any]]:
    """The four words of this round: said, by whom, and whether the actor may say it now."""
    said = {word.part: word for word in words if word.round == row.round}
    shown_parts = []
    for part in Part:
        word = said.get(part)
        subject = query.word_subject(row.place, committees, part)
        act = saying.ACTS[part]
        may = isinstance(permit(actor, act, subject), Permitted)
        mine = row.state == DraftState.SENT and word is None and may
        wrote = actor.person_id in made
        shown_parts.append(
            {
                "part": part.value,
                "name": say_part(part),
                "does": say_part_does(part),
                "yes": word is not None and word.is_yes,
                "no": word is not None and not word.is_yes,
                "by": f"{word.office} {word.by.name if word.by else ''}".strip() if word else "",
                "at": say_when(word.at, moment) if word else "",
                "exact": say_exact(word.at) if word else "",
                "words": word.words if word else "",
                "mine": mine and not wrote,
                "wrote": mine and wrote,
                "href": reverse(f"method_draft_{act.partition('.')[2]}", args=[row.uid]),
                "yes_form": YesForm(auto_id=f"yes_{part.value}_%s"),
                "no_form": NoForm(auto_id=f"no_{part.value}_%s"),
            }
        )
    return shown_parts


def said_table(words: list[MethodWord]) -> dict[str, Any]:
    """Every word of every round."""
    labels = [_("Whose word"), _("Round"), _("What was said"), _("Said along with it"), _("When")]
    rows = [
        (
            say_part(word.part),
            word.round,
            _("Agreed") if word.is_yes else _("Sent back"),
            word.words or "—",
            say_exact(word.at),
        )
        for word in words
    ]
    return table(_("Every word said on it"), labels, rows, nums=(1,))
