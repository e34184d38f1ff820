"""The affairs supervisory committee (居务监督委员会): its lot, its looks, its written opinions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts import oversight
from yishi.acts.door import Done
from yishi.core.number import show_number
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact
from yishi.phrases.oversight import say_found, say_ways
from yishi.phrases.state import say_state
from yishi.records.queries import oversight as query
from yishi.records.queries.paging import listed
from yishi.records.wallclock import now
from yishi.web.case.forms import prose
from yishi.web.gate import actor_in, answered, ask_in, new_key, page
from yishi.web.ledger import asked, rooms
from yishi.web.office import Cell, choices, table
from yishi.web.rows import page_in, pager_of
from yishi.web.sheet_form import Where, about_case, show


class LookForm(forms.Form):
    """How it was looked at, and what was found."""

    way = forms.ChoiceField(label=gettext_lazy("How you looked"), widget=forms.RadioSelect)
    found = forms.ChoiceField(label=gettext_lazy("What you found"), widget=forms.RadioSelect)
    words = prose(
        gettext_lazy("What you saw or heard"),
        required=False,
        help_text=gettext_lazy("Needed where it is not as the record says. Name no resident."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("way", say_ways()), ("found", say_found())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(words.items())


@page("oversight.view")
def view(request: HttpRequest) -> HttpResponse:
    """What was drawn and waits, what was looked at, what residents contested."""
    actor, moment = actor_in(request), now()
    filters = asked(request, "show", "found")
    part = filters["show"] if filters["show"] in ("looked", "objections") else "look"
    rows: QuerySet[Any, Any]
    if part == "look":
        rows = query.to_look(actor)
        labels, cells = _to_look_labels(), _to_look
    elif part == "looked":
        rows = query.looked(actor, filters["found"])
        labels, cells = _looked_labels(), _looked
    else:
        rows = query.objections(actor, moment)
        labels, cells = _objection_labels(), _objection
    found = listed(rows, page_in(request.GET))
    context = {
        "rooms": rooms(actor, "oversight"),
        "part": part,
        "parts": _parts(part),
        "figures": _figures(query.standing(actor)),
        "outcomes": choices([("", _("All")), *say_found().items()], filters["found"]),
        "table": table("", labels, [cells(row) for row in found.rows]),
        "found": bool(found.rows),
        "pager": pager_of(found, request.GET),
        "pools": [{**pool, "key": new_key()} for pool in query.pools(actor, moment)],
    }
    return render(request, "yishi/oversight/looks.html", context)


@page("oversight.sample", methods=("GET", "HEAD", "POST"))
def sample(request: HttpRequest) -> HttpResponse:
    """Draws finished matters of a community by lot."""
    if request.method != "POST":
        return redirect("oversight")
    answer = oversight.sample(ask_in(request), request.POST.get("place", "")[:20])
    said = _("Drawn by lot and listed below. How it was drawn stands in the public record.")
    return answered(request, answer, reverse("oversight"), said)


@page("oversight.inspect", methods=("GET", "HEAD", "POST"))
def inspect(request: HttpRequest, uid: str) -> HttpResponse:
    """One look at a finished matter, drawn or chosen."""
    where = about_case(request, uid, "oversight.inspect")
    if isinstance(where, HttpResponse):
        return where
    answer: Done | Refusal | None = None
    form = LookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        answer = oversight.inspect(ask_in(request), uid, data["way"], data["found"], data["words"])
        if not isinstance(answer, Refusal):
            return answered(request, answer, reverse("oversight"), _("The look is recorded."))
    return show(
        request,
        form,
        answer,
        title=_("Record a look"),
        lead=_("The committee looks and writes. It moves no matter and orders nobody."),
        button=_("Record the look"),
        back=(reverse("case", args=[uid]), _("The matter")),
        mark="search",
        facts=case_facts(where),
    )


def case_facts(where: Where) -> list[dict[str, Any]]:
    """Which matter it is about, in a few lines."""
    case = where.case
    if case is None:
        return [{"label": _("Community"), "value": where.place.name}]
    facts = [
        (_("Number"), show_number(case.number)),
        (_("Matter"), case.line or case.item_title),
        (_("Unit"), case.lead.name if case.lead else ""),
        (_("State"), say_state(case.state)["word"]),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def _parts(part: str) -> list[dict[str, Any]]:
    words = {
        "look": _("To look at"),
        "looked": _("Looked at"),
        "objections": _("Contested by residents"),
    }
    base = reverse("oversight")
    return [
        {"href": f"{base}?show={code}", "word": word, "here": code == part}
        for code, word in words.items()
    ]


def _figures(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    base, words = reverse("oversight"), say_found()
    looked = f"{base}?show=looked&found="
    return [
        {"label": _("To look at"), "value": counts["to_look"], "href": f"{base}?show=look"},
        *(
            {"label": words[code], "value": counts[code], "href": f"{looked}{code}"}
            for code in words
        ),
    ]


def _case(row: Mapping[str, Any]) -> tuple[str, str]:
    return show_number(row["case__number"]), reverse("case", args=[row["case__uid"]])


def _matter(row: Mapping[str, Any], before: str = "case__") -> str:
    return row[f"{before}item_title"] or row[f"{before}line"] or _("Without words")


def _to_look_labels() -> list[str]:
    return [_("Number"), _("Matter"), _("Community"), _("Unit"), _("State"), _("Drawn")]


def _to_look(row: Mapping[str, Any]) -> list[Cell]:
    return [
        _case(row),
        _matter(row),
        row["place__name"],
        row["case__lead__name"] or "—",
        say_state(row["case__state"])["word"],
        say_exact(row["drawn_at"])[:16],
    ]


def _looked_labels() -> list[str]:
    return [
        _("Number"),
        _("Matter"),
        _("Community"),
        _("Unit"),
        _("How it was looked at"),
        _("Found"),
        _("What was seen"),
        _("Chosen"),
        _("When"),
    ]


def _looked(row: Mapping[str, Any]) -> list[Cell]:
    return [
        _case(row),
        _matter(row),
        row["place__name"],
        row["case__lead__name"] or "—",
        say_ways().get(row["way"], row["way"]),
        say_found().get(row["found"], row["found"]),
        row["words"] or "—",
        _("by lot") if row["drawn_by_id"] else _("by the committee"),
        say_exact(row["looked_at"])[:16],
    ]


def _objection_labels() -> list[str]:
    return [
        _("Number"),
        _("Matter"),
        _("Community"),
        _("Unit"),
        _("State"),
        _("Not satisfied"),
    ]


def _objection(row: Mapping[str, Any]) -> list[Cell]:
    return [
        (show_number(row["number"]), reverse("case", args=[row["uid"]])),
        _matter(row, ""),
        row["place__name"],
        row["lead__name"] or "—",
        say_state(row["state"])["word"],
        row["dissatisfied"],
    ]


urls: list[URLPattern] = [
    path("oversight", view, name="oversight"),
    path("oversight/sample", sample, name="oversight_sample"),
    path("cases/<str:uid>/inspect", inspect, name="case_inspect"),
]
