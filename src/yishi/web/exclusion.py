"""剔除 and 申诉: a rating asked to be left out of the rates, decided by another, counted openly."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts import exclusion as acts
from yishi.core.exclusion import ExclusionState
from yishi.core.number import show_number
from yishi.core.permit import Permitted, permit
from yishi.core.rates import RateRules
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact
from yishi.phrases.exclusion import say_exclusion, say_ground, say_rated, say_reach
from yishi.phrases.rule import say_text
from yishi.records.queries import exclusion as query
from yishi.records.queries.ledger import places_in
from yishi.records.queries.paging import listed
from yishi.records.queries.rule import RulesMissing, today_of
from yishi.records.wallclock import now
from yishi.web.case.forms import prose
from yishi.web.gate import actor_in, answered, ask_in, missing, page, refuse
from yishi.web.ledger import Ledger, asked, named, rooms, select, show, workbook
from yishi.web.office import Cell, table
from yishi.web.rows import page_in, pager_of
from yishi.web.sheet_form import about_case
from yishi.web.sheet_form import show as show_form

BOTH = ("GET", "HEAD", "POST")


class AskForm(forms.Form):
    """Which rating, on which ground, and why."""

    rating = forms.ChoiceField(label=gettext_lazy("Which rating"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=gettext_lazy("Ground for leaving it out"), widget=forms.RadioSelect
    )
    words = prose(
        gettext_lazy("Why it should not count"),
        help_text=gettext_lazy(
            "The officer who decides reads it. The rating itself stays on the record."
        ),
    )


class DecideForm(forms.Form):
    """Left out or not, and why."""

    approved = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)
    words = prose(gettext_lazy("Reason of the decision"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["approved"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("yes", _("Leave it out of the rates")), ("no", _("It counts"))]


@page("exclusion.list")
def account(request: HttpRequest) -> HttpResponse:
    """Every rating asked to be left out that this person may read of."""
    return show(request, _ledger(request))


@page("exclusion.list")
def account_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    return workbook(_ledger(request))


@page("exclusion.ask", methods=BOTH)
def ask(request: HttpRequest, uid: str) -> HttpResponse:
    """A unit appeals, or staff asks: one of the ratings of the matter."""
    where = about_case(request, uid, "exclusion.ask")
    if isinstance(where, HttpResponse):
        return where
    assert where.case is not None
    case, answer = where.case, None
    try:
        rules = query.rate_rules(where.place, today_of(now()))
    except RulesMissing as none:
        return refuse(request, none.refusal)
    form = AskForm(request.POST if request.method == "POST" else None)
    ratings = query.ratings_open(case)
    _offer(form, "rating", [(row.uid, say_rated(row)) for row in ratings])
    grounds = rules.reasons.items()
    _offer(
        form,
        "reason",
        [(code, f"{say_text(why.name)} · {say_reach(why.reach)}") for code, why in grounds],
    )
    if form.is_valid():
        data = form.cleaned_data
        answer = acts.ask_exclusion(ask_in(request), data["rating"], data["reason"], data["words"])
        if not isinstance(answer, Refusal):
            to = reverse("exclusion", args=[answer.uid])
            return answered(request, answer, to, _("It is asked. Somebody else decides."))
    lead = _("A rating may be left out of the rates on a ground of the rules alone.")
    if not ratings:
        lead = _("There is no rating of this matter that could still be asked about.")
    return show_form(
        request,
        form,
        answer,
        title=_("Ask to leave a rating out"),
        lead=lead,
        button=_("Ask"),
        back=(reverse("case", args=[case.uid]), _("The matter")),
        facts=[{"label": _("Formula"), "value": _formula(rules)}],
    )


def _formula(rules: RateRules) -> str:
    return _("%(id)s, version %(version)s") % {"id": rules.id, "version": rules.version}


@page("exclusion.list", methods=BOTH)
def exclusion(request: HttpRequest, uid: str) -> HttpResponse:
    """One of them; with the decision to take for whoever may."""
    actor = actor_in(request)
    row = query.exclusion_for(actor, uid)
    if row is None:
        return missing(request)
    granted = permit(actor, "exclusion.decide", query.about(row.case, row.uid))
    may = isinstance(granted, Permitted) and row.state == ExclusionState.ASKED
    form, answer = None, None
    if may or request.method == "POST":
        form = DecideForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            approved = form.cleaned_data["approved"] == "yes"
            answer = acts.decide_exclusion(
                ask_in(request), uid, approved, form.cleaned_data["words"]
            )
            if not isinstance(answer, Refusal):
                said = _("It no longer counts in the rates.") if approved else _("It counts.")
                return answered(request, answer, reverse("exclusions"), said)
    return show_form(
        request,
        form or forms.Form(),
        answer,
        title=_("A rating asked to be left out"),
        lead=_("What the resident said stays on the record; only the rates leave it out."),
        button=_("Decide") if form else "",
        back=(reverse("exclusions"), _("Ratings left out")),
        mark="done",
        facts=_facts(row),
    )


@page("board.view")
def public(request: HttpRequest) -> HttpResponse:
    """For anybody: how many ratings do not count in the rates, and on which grounds."""
    found = listed(query.published_counts(), page_in(request.GET))
    heads = [
        _("Sub-district"),
        _("Ground for leaving it out"),
        _("Left out of"),
        _("How many ratings"),
        _("Latest"),
    ]
    rows = [
        [
            row["case__place__parent__name"] or _("the district itself"),
            say_ground(row["reason"]),
            say_reach(row["reach"]),
            row["times"],
            say_exact(row["last"])[:10],
        ]
        for row in found.rows
    ]
    context = {
        "found": bool(rows),
        "table": table("", heads, rows, [3]),
        "pager": pager_of(found, request.GET),
    }
    return render(request, "yishi/board/exclusions.html", context)


def _facts(row: Any) -> list[dict[str, Any]]:
    facts = [
        (_("Matter"), show_number(row.case.number), reverse("case", args=[row.case.uid])),
        (_("Unit"), row.case.lead.name if row.case.lead else "", ""),
        (_("Rating"), say_rated(row.rating), ""),
        (_("Ground for leaving it out"), say_ground(row.reason), ""),
        (_("Left out of"), say_reach(row.reach), ""),
        (_("Who asked"), row.unit.name if row.unit else _("staff of the place"), ""),
        (_("Why it should not count"), row.words, ""),
        (_("How it stands"), say_exclusion()[row.state], ""),
        (_("Reason of the decision"), row.decision, ""),
    ]
    return [{"label": la, "value": value, "href": href} for la, value, href in facts if value]


def _offer(form: forms.Form, name: str, options: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = options
    if len(options) == 1:
        field.initial = options[0][0]


def _ledger(request: HttpRequest) -> Ledger:
    actor = actor_in(request)
    filters = query.Filters(**asked(request, "state", "reason", "unit", "place", "month"))
    found = query.exclusions(actor, filters)
    places = named(places_in(actor, "exclusion.list"))
    return Ledger(
        name="exclusions",
        title=_("Ratings left out"),
        lead=_("Which ratings do not count in the three rates, on what ground, decided by whom."),
        labels=[
            _("Asked"),
            _("Number"),
            _("Community"),
            _("Unit"),
            _("Who asked"),
            _("Ground for leaving it out"),
            _("Left out of"),
            _("How it stands"),
            _("Decided"),
        ],
        rows=found,
        cells=_cells,
        filters=[
            select("state", _("How it stands"), say_exclusion().items(), filters.state),
            select("unit", _("Unit"), named(query.units(actor)), filters.unit),
            select("place", _("Community"), places, filters.place),
        ],
        none=(
            _("No rating was asked to be left out"),
            _("A unit appeals from the page of a matter; the supervisory officer decides."),
        ),
        rooms=rooms(actor, "exclusions"),
    )


def _cells(row: Mapping[str, Any]) -> list[Cell]:
    return [
        (say_exact(row["asked_at"])[:16], reverse("exclusion", args=[row["uid"]])),
        (show_number(row["case__number"]), reverse("case", args=[row["case__uid"]])),
        row["case__place__name"],
        row["case__lead__name"] or "—",
        row["unit__name"] or _("staff of the place"),
        say_ground(row["reason"]),
        say_reach(row["reach"]),
        say_exclusion()[row["state"]],
        say_exact(row["decided_at"])[:16] if row["decided_at"] else "—",
    ]


urls: list[URLPattern] = [
    path("exclusions", account, name="exclusions"),
    path("exclusions.xlsx", account_xlsx, name="exclusions_xlsx"),
    path("board/exclusions", public, name="board_exclusions"),
    path("exclusions/<str:uid>", exclusion, name="exclusion"),
    path("cases/<str:uid>/exclusion", ask, name="case_exclusion"),
]
