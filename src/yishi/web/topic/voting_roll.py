"""The roll of a vote is made: from the accounts of the community, and a workbook if there is one.

A workbook is loaded whole or not at all; every wrong cell is named by its row.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Done
from yishi.acts.vote.roll import open_roll
from yishi.core.method.language import Unit
from yishi.core.refusal import Refusal
from yishi.core.table import TableRefusal, named
from yishi.core.vote.facts import RollOpened
from yishi.core.vote.roll import Row
from yishi.core.vote.sheet import ROLL_SHEET, rows_of
from yishi.phrases.method import say_span
from yishi.phrases.refusal import say_refusal
from yishi.phrases.table import say_problem
from yishi.phrases.vote import say_rule, say_unit
from yishi.records.queries.rule import today_of
from yishi.records.queries.vote_roll import accounts_for, alike_of
from yishi.records.spreadsheet import XLSX_TYPE, read_tables, write_xlsx
from yishi.web.gate import ask_in, new_key, page
from yishi.web.office import Cell, download, table
from yishi.web.topic.ahead import foreseen
from yishi.web.topic.asked import stage_asks
from yishi.web.topic.running import After, Running, head, posted, view_of
from yishi.web.topic.said import say_here
from yishi.web.topic.shown import Shown
from yishi.web.topic.voting import THEIRS, state_of
from yishi.web.uploads import file_sent

ACT, NAME = "topic.open_roll", "topic_open_roll"
PROBLEMS_SHOWN, PAIRS_SHOWN = 100, 5
# A roll like any other, to ask whether one may be made at all.
MADE = RollOpened(vote="", voters=1)
TEMPLATE = "yishi/vote/open_roll.html"


class RollForm(forms.Form):
    """A workbook, where the roll needs more than the accounts."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("Workbook with further lines"),
        help_text=gettext_lazy(
            "Those without an account, and the areas of the register. xlsx or csv; leave it empty "
            "where the accounts are enough."
        ),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, shown: Shown, request: HttpRequest) -> None:
        self.shown, self.request = shown, request
        self.rows: list[Row] = []
        self.refusal: Refusal | None = None
        super().__init__(posted(request), request.FILES, auto_id="do_%s")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "file" not in self.request.FILES:
            return given
        sent = file_sent(self.request)
        tables = sent if isinstance(sent, Refusal) else read_tables(*sent)
        voting = self.shown.stage.voting
        if isinstance(tables, Refusal) or voting is None:
            self.refusal = tables if isinstance(tables, Refusal) else None
        else:
            rows = rows_of(voting.unit, named(tables, (ROLL_SHEET,)))
            if isinstance(rows, Refusal):
                self.refusal = rows
            else:
                self.rows = rows
        if self.refusal is not None:
            self.add_error("file", _why_not(self.refusal))
        return given

    @property
    def problems(self) -> dict[str, Any] | None:
        """The wrong cells of the workbook as a table; None where none is wrong."""
        if not isinstance(self.refusal, TableRefusal):
            return None
        labels = [_("Row"), _("Column"), _("What is wrong"), _("What to do")]
        rows: list[list[Cell]] = [
            [one.row, one.column, *say_problem(one)]
            for one in self.refusal.problems[:PROBLEMS_SHOWN]
        ]
        return table(_("Nothing has been loaded"), labels, rows, (0,))


def _why_not(refusal: Refusal) -> str:
    """Why a workbook was not loaded, in a line; its wrong cells stand in a table of their own."""
    if isinstance(refusal, TableRefusal):
        return _("Some cells are wrong. Each is named on this page; nothing was loaded.")
    return str(say_refusal(refusal)["title"])


def is_offered(shown: Shown) -> bool:
    """Whether a roll is to be made where the topic stands."""
    stage = shown.held.stage
    return stage is not None and stage.voting is not None and not state_of(shown) and shown.may(ACT)


def _why(shown: Shown, refused: Refusal | None) -> Refusal | None:
    return shown.off_course(ACT) or refused or foreseen(shown, ACT, MADE, ("roll_open", *THEIRS))


def _do(request: HttpRequest, shown: Shown, form: Any) -> Done | Refusal:
    return open_roll(ask_in(request), shown.topic.uid, form.rows)


def _after(shown: Shown, given: Any, done: Done) -> After:
    vote = shown.topic.votes.order_by("-id").first()
    said = _("The roll is made and on view.")
    if vote is None:
        return After(said)
    strange = vote.roll.filter(building=None).count() if vote.unit != Unit.DELEGATE else 0
    if strange:
        said += _("Lines of no building of the community: %(n)s. Look at them.") % {"n": strange}
    pairs = alike_of(vote)
    if pairs:
        some = _(", ").join(
            _("%(one)s and %(other)s") % {"one": one, "other": other}
            for one, other in pairs[:PAIRS_SHOWN]
        )
        said += _(
            "Lines that are probably one home, once written without its stair: %(n)s (%(some)s). "
            "Strike what is too many."
        ) % {"n": len(pairs), "some": some}
    return After(said, reverse("vote_roll", args=[vote.uid]), warns=bool(strange or pairs))


def _show(
    request: HttpRequest,
    shown: Shown,
    form: Any,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    stage = shown.stage
    assert stage.voting is not None
    accounts = len(accounts_for(stage, shown.topic.place, today_of(shown.now)))
    before = [
        say_unit(stage.voting.unit),
        _("Accounts of the community that belong on it: %(n)s") % {"n": accounts},
        _("Who shares a home or owns together is put into one line by itself."),
    ]
    if stage.voting.roll is not None:
        said = _("It is on view for %(span)s; whoever finds it wrong objects.")
        before.append(said % {"span": say_span(stage.voting.roll)})
    before.append(_("Names are seen by those who keep the vote; the printed roll hides them."))
    context = {
        **head(shown),
        "title": _("Make the roll of this vote"),
        "word": _("Make the roll"),
        "before": before,
        "rule": say_rule(stage, stage.voting, 0, 0, None, shown.now),
        "action": reverse(NAME, args=[shown.topic.uid]),
        "template": reverse("vote_roll_template"),
        "asks": stage_asks(shown) | {"papers": []},
        "form": form,
        "problems": form.problems if form.is_bound else None,
        "key": new_key(),
        "refusal": say_here(shown, refusal) if refusal else None,
    }
    return render(request, TEMPLATE, context, status=status)


@page(ACT)
def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in, with an example row to write over."""
    heads = [column.header for column in ROLL_SHEET.columns]
    example = [[column.example for column in ROLL_SHEET.columns]]
    data = write_xlsx({ROLL_SHEET.name: (heads, example)})
    return download(data, XLSX_TYPE, f"{_('Roll of a vote')}.xlsx")


OPEN_ROLL = Running(
    ACT, lambda shown, request: RollForm(shown, request), _do, _show, _after, _why, ()
)

urls: list[URLPattern] = [
    path("topics/<str:uid>/do/open-roll", view_of(OPEN_ROLL), name=NAME),
    path("votes/template.xlsx", template, name="vote_roll_template"),
]
