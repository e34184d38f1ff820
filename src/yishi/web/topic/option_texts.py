"""The texts of a topic's options in a form: a field each, filled with the text as it stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from yishi.core.textdiff import is_changed
from yishi.core.topic.now import OptionState
from yishi.records.models import Option
from yishi.records.queries.rule import today_of
from yishi.records.queries.voice_rules import voice_rules_at
from yishi.web.report_form import WordsField
from yishi.web.topic.shown import Shown

ROWS = 14


def text_field(most: int, label: Any, *, required: bool = True, help_text: Any = "") -> WordsField:
    """A long text of at most `most` characters."""
    return WordsField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": ROWS, "maxlength": most, "class": "long"}),
    )


def text_most(shown: Shown) -> int:
    """How many characters a text may have where the topic is."""
    return voice_rules_at(shown.topic.place, today_of(shown.now)).text_max


def open_options(shown: Shown) -> list[Option]:
    """Those whose text may still be changed."""
    return [one for one in shown.options if one.state != OptionState.DONE]


def add_texts(form: forms.Form, shown: Shown) -> None:
    """A field for each open option, filled with its text."""
    most, rows = text_most(shown), open_options(shown)
    for row in rows:
        said = {"no": row.no, "title": row.title}
        form.fields[f"text_{row.no}"] = text_field(
            most,
            _("Text of option %(no)s: %(title)s") % said,
            help_text=_("As it stands; change it where it is to be another.")
            if row is rows[0]
            else "",
        )
        form.initial[f"text_{row.no}"] = row.words


def changed_in(form: forms.Form, shown: Shown) -> tuple[str, str]:
    """Uid of the option whose text is another one, and the text; the first option where none is.
    Raises ValidationError where several are."""
    rows = open_options(shown)
    given = {row.uid: (row, form.cleaned_data.get(f"text_{row.no}", "")) for row in rows}
    found = [uid for uid, (row, text) in given.items() if is_changed(row.words, text)]
    if len(found) > 1:
        raise forms.ValidationError(_("Change the text of one option at a time."))
    uid = (found or [rows[0].uid if rows else ""])[0]
    return uid, given[uid][1] if uid else ""
