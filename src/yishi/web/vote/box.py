"""The box is opened: each paper entered by two, neither of whom sees what the other entered.

For a keyboard: serial, a digit an option, Enter; the next serial is there already.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.vote.filling import Says
from yishi.acts.vote.paper import enter_hands, enter_paper
from yishi.core.method.language import Choose
from yishi.core.refusal import Refusal
from yishi.core.vote.now import Choice, VoteState, Way
from yishi.core.vote.paper import may_enter
from yishi.phrases.ballot import say_most
from yishi.phrases.refusal import say_refusal
from yishi.phrases.vote import say_choice
from yishi.records.queries.vote_box import Box, box_of
from yishi.records.queries.vote_lines import line_numbered
from yishi.records.queries.vote_round import paper_of
from yishi.records.queries.vote_seen import options_of
from yishi.web.gate import ask_in
from yishi.web.topic.fields import in_a_row, number
from yishi.web.topic.running import posted
from yishi.web.vote.asking import VoteForm, run
from yishi.web.vote.box_marks import mark_fields, marks_said
from yishi.web.vote.shown import BOTH, ShownVote, href, vote_page

DIGITS = {1: Choice.FOR, 2: Choice.AGAINST, 3: Choice.ABSTAIN}
SERIAL_MOST, SHOWN = 999_999, 60
SAYS = ("yes", "against", "abstained")


class PaperForm(VoteForm):
    """One paper: its serial, whose it is in a vote by name, and what it says of each option."""

    serial = number(gettext_lazy("Serial on the paper"), SERIAL_MOST, 1)

    def prepare(self) -> None:
        shown = self.shown
        self.options = options_of(shown.seen)
        if not shown.vote.is_secret:
            self.fields["line"] = number(_("Number of the line, from its stub"), SERIAL_MOST, 1)
        self.paper = paper_of(shown.vote)
        if self.paper is not None:
            self.fields.update(mark_fields(self.paper, self.options))
            return
        if shown.vote.choose == Choose.ONE:
            most = max((one["no"] for one in self.options), default=0)
            self.fields["one"] = number(_("Option chosen (0: none)"), most)
            return
        for one in self.options:
            label = f"{one['no']} {one['title']}"
            self.fields[f"on_{one['no']}"] = number(label, 3, 1)

    def clean_line(self) -> str:
        uid = line_numbered(self.shown.vote, self.cleaned_data["line"])
        if not uid:
            raise forms.ValidationError(_("There is no such number on the roll."))
        return uid

    @property
    def says(self) -> Says:
        """The ballot as the act takes it."""
        given = self.cleaned_data
        if self.paper is not None:
            return marks_said(self.paper, self.options, given)
        if "one" in self.fields:
            picked = given["one"]
            return {one["uid"]: Choice.FOR for one in self.options if one["no"] == picked}
        return {one["uid"]: DIGITS[given[f"on_{one['no']}"]] for one in self.options}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        numbers = {0, *(one["no"] for one in self.options)}
        if "one" in self.fields and given.get("one") is not None and given["one"] not in numbers:
            self.add_error("one", _("No option has this number."))
        return given


class HandsForm(VoteForm):
    """How many hands were raised: for, against, abstained, option by option; where one is chosen,
    for each option and for none."""

    def prepare(self) -> None:
        self.is_one = self.shown.vote.choose == Choose.ONE
        self.options = options_of(self.shown.seen)
        if self.is_one:
            for one in self.options:
                self.fields[f"yes_{one['no']}"] = number(f"{one['no']} {one['title']}")
            self.fields["none"] = number(_("Chose none"))
            return
        words = (_("For it"), _("Against it"), _("Abstained"))
        for one in self.options:
            for name, word in zip(SAYS, words, strict=True):
                whole = _("Option %(no)s, %(word)s") % {"no": one["no"], "word": word}
                self.fields[f"{name}_{one['no']}"] = in_a_row(number(whole), word)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Three fields an option, side by side; where one is chosen, a field an option."""
        if self.is_one:
            return [{"legend": _("One hand for one option"), "fields": list(self)}]
        return [
            {
                "legend": _("Option %(no)s: %(title)s") % one,
                "fields": [self[f"{name}_{one['no']}"] for name in SAYS],
            }
            for one in self.options
        ]

    @property
    def votes(self) -> dict[str, tuple[int, int, int]]:
        """Option → for, against, abstained."""
        given = self.cleaned_data
        if self.is_one:
            none = given["none"]
            return {one["uid"]: (given[f"yes_{one['no']}"], 0, none) for one in self.options}
        return {
            one["uid"]: (
                given[f"yes_{one['no']}"],
                given[f"against_{one['no']}"],
                given[f"abstained_{one['no']}"],
            )
            for one in self.options
        }


def _closed(shown: ShownVote, box: Box) -> Refusal | None:
    return may_enter(VoteState(shown.vote.state), shown.vote.until_at, shown.now, all_in=box.all_in)


@vote_page("vote.enter_paper", BOTH)
def view(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """One paper after the other, and how far the two of them are."""
    box = box_of(shown.vote, shown.actor.person_id)
    after = request.GET.get("after", "")
    last = int(after) if after.isascii() and after.isdigit() and len(after) < 7 else 0
    form = PaperForm(shown, posted(request), {"serial": box.next_for_me(last)})
    first = next(name for name in form.fields if name != "serial")
    form.fields[first].widget.attrs["autofocus"] = True

    def do(given: Mapping[str, Any]) -> Done | Refusal:
        ask, uid = ask_in(request), shown.vote.uid
        return enter_paper(ask, uid, given["serial"], form.says, given.get("line", ""))

    why = _closed(shown, box)
    context = {
        "title": _("Enter the papers of the box"),
        "back_word": _("The vote"),
        "before": [],
        "closed": why is not None and request.method != "POST",
        "barred": say_refusal(why) if why else None,
        "word": _("Enter, and on to the next"),
        "mark": "check",
        "box": _told(box),
        "digits": []
        if shown.vote.choose == Choose.ONE or form.paper is not None
        else [f"{digit} {say_choice(choice)}" for digit, choice in DIGITS.items()],
        "marks": say_most(form.paper.kind, form.paper.most) if form.paper else "",
        "hands": href("vote_hands", shown) if Way.HANDS in shown.vote.ways else "",
        "sheet": href("vote_count_sheet", shown),
    }
    # The serial that was sent is known before the form is read again.
    typed = request.POST.get("serial", "")
    to = href("vote_box", shown) + (
        f"?after={typed}" if typed.isascii() and typed.isdigit() else ""
    )
    said = _("Entered: %(serial)s") % {"serial": typed}
    return run(request, shown, form, do, to, said, context, "yishi/vote/box.html")


def _told(box: Box) -> dict[str, Any]:
    """How far the papers are: numbers, and the serials that wait; never what anybody entered."""
    return {
        "numbers": [
            {"label": _("Papers handed in"), "value": box.taken},
            {"label": _("Entered by two, alike"), "value": box.agreed},
            {"label": _("Entered by one"), "value": len(box.once)},
            {"label": _("The two differ"), "value": len(box.differ)},
        ],
        "share": 100 * box.agreed / box.taken if box.taken else 0,
        "once": _serials(box.once),
        "differ": _serials(box.differ),
        "is_done": box.taken > 0 and box.agreed == box.taken,
    }


def _serials(numbers: tuple[int, ...]) -> str:
    shown = _(", ").join(str(one) for one in numbers[:SHOWN])
    more = len(numbers) - SHOWN
    return _("%(shown)s and %(n)s more") % {"shown": shown, "n": more} if more > 0 else shown


@vote_page("vote.enter_hands", BOTH)
def hands(request: HttpRequest, shown: ShownVote) -> HttpResponse:
    """The show of hands, counted by two who do not see each other's count."""
    box = box_of(shown.vote, shown.actor.person_id)
    form = HandsForm(shown, posted(request))

    def do(given: Mapping[str, Any]) -> Done | Refusal:
        return enter_hands(ask_in(request), shown.vote.uid, form.votes)

    why = _closed(shown, box)
    is_agreed = box.count is not None and box.count.agreed is True
    note, kind = "", ""
    if box.count is not None:
        note, kind = {
            True: (_("Two counts agree."), "success"),
            False: (_("The two counts differ, so neither holds. Both count again."), "warning"),
            None: (_("One person has counted. A second counts without seeing it."), "plain"),
        }[box.count.agreed]
    marked = (
        _("Marked as raising their hand on the roll: %(n)s. All options together add up to that.")
        if shown.vote.choose == Choose.ONE
        else _("Marked as raising their hand on the roll: %(n)s. Each option adds up to that.")
    )
    before = [
        marked % {"n": box.hands},
        _("It holds only once a second person has counted the same."),
    ]
    context = {
        "title": _("How many hands were raised?"),
        "back": href("vote_box", shown),
        "back_word": _("The papers of the box"),
        # Once two agree there is nothing left to enter.
        "before": [] if is_agreed else before,
        "closed": (why is not None or is_agreed) and request.method != "POST",
        "barred": say_refusal(why) if why else None,
        "word": _("Enter my count"),
        "mark": "people",
        "note": note,
        "note_kind": kind,
    }
    said = _("Your count is entered.")
    to = href("vote_hands", shown)
    return run(request, shown, form, do, to, said, context, "yishi/vote/hands.html")


urls: list[URLPattern] = [
    path("votes/<str:uid>/box", view, name="vote_box"),
    path("votes/<str:uid>/hands", hands, name="vote_hands"),
]
