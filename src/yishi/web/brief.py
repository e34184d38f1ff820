"""周调度, 月点评, 民情专报: read on the page, taken as Word in one click."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yishi.core.brief import Brief, BriefKind, Section, brief_span
from yishi.core.figures import NONE, Dimension, Slice, Which
from yishi.core.period import Grain, Span, before, key_of, span_of
from yishi.core.refusal import Refusal
from yishi.phrases.brief import Behind, make_brief
from yishi.phrases.brief.numbers import say_span
from yishi.phrases.similar import say_burst
from yishi.records.queries.duty import titles_of
from yishi.records.queries.figures import Counts, counted, rows_of
from yishi.records.queries.groups import hot_spots
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now
from yishi.records.word import WORD_TYPE
from yishi.web.gate import actor_in, page, refuse
from yishi.web.groups import say_what
from yishi.web.office import choices, download, table
from yishi.web.similar import rules_of

ANNEX = 50
BACK = 12
ITEMS = 40
HOT = 5
GRAIN = {BriefKind.WEEKLY: Grain.WEEK, BriefKind.MONTHLY: Grain.MONTH}


@dataclass(frozen=True)
class Asked:
    """Which brief, over which days, narrowed to what; and its figures."""

    kind: BriefKind
    span: Span
    place: str
    item: str
    counts: Counts
    titles: dict[str, str]

    @property
    def query(self) -> str:
        """The address of the same brief."""
        time = key_of(self.span.grain, self.span.first) if self.span.grain else ""
        asked = {"kind": self.kind, "time": time, "place": self.place, "item": self.item}
        return urlencode({name: value for name, value in asked.items() if value})


@page("figures.view")
def brief(request: HttpRequest) -> HttpResponse:
    """One brief as a page, and the way to the others."""
    asked = _asked(request)
    if isinstance(asked, Refusal):
        return refuse(request, asked, status=404 if asked.code == "not_found" else 422)
    made = _made(request, asked)
    context = {
        "brief": made,
        "sections": [_shown(section) for section in (*made.sections, *made.annexes)],
        "kinds": [
            {"href": f"?kind={kind}", "word": word, "here": kind is asked.kind}
            for kind, word in _kinds().items()
        ],
        "kind": asked.kind,
        "times": _times(asked),
        "places": _places(asked),
        "items": _items(asked),
        "download": f"{reverse('brief_docx')}?{asked.query}",
    }
    return render(request, "yishi/figures/brief.html", context)


@page("figures.view")
def brief_docx(request: HttpRequest) -> HttpResponse:
    """The same as a Word document."""
    from yishi.records.word_brief import write_brief

    asked = _asked(request)
    if isinstance(asked, Refusal):
        return refuse(request, asked, status=404 if asked.code == "not_found" else 422)
    made = _made(request, asked)
    name = f"{made.title} {asked.span.first:%Y%m%d}-{asked.span.last:%Y%m%d}.docx"
    return download(write_brief(made), WORD_TYPE, name)


def _asked(request: HttpRequest) -> Asked | Refusal:
    wanted, moment = request.GET.get("kind", ""), now()
    kind = BriefKind(wanted) if wanted in list(BriefKind) else BriefKind.MONTHLY
    span = brief_span(kind, today_of(moment))
    if (key := request.GET.get("time", "")[:10]) and kind in GRAIN:
        found = span_of(key)
        if found is None or found.grain is not GRAIN[kind]:
            return Refusal("period_wrong", have=key)
        span = found
    place, item = request.GET.get("place", "")[:40], request.GET.get("item", "")[:40]
    part = Slice(span, place=place, item=item if kind is BriefKind.SPECIAL else "")
    counts = counted(actor_in(request), part, moment)
    if isinstance(counts, Refusal):
        return counts
    every = counts if not part.item else counted(actor_in(request), replace(part, item=""), moment)
    assert not isinstance(every, Refusal)
    codes = [line.key for line in every.lines(Dimension.ITEM)[:ITEMS] if line.key != NONE]
    return Asked(kind, span, place, part.item, counts, titles_of([*codes, part.item]))


def _made(request: HttpRequest, asked: Asked) -> Brief:
    counts = asked.counts
    root = counts.view.roots[0].name if counts.view.roots else ""
    about = asked.titles.get(asked.item, "") or root
    return make_brief(
        asked.kind,
        counts,
        issuer=root,
        about=f"{root} · {about}" if asked.item else root,
        made_on=today_of(now()),
        titles=asked.titles,
        overdue=_behind(counts, Which.OVERDUE),
        repeats=_behind(counts, Which.REPEATS),
        every=_behind(counts, Which.RECEIVED) if asked.kind is BriefKind.SPECIAL else None,
        hot=_hot(request) if asked.kind is not BriefKind.SPECIAL else (),
    )


def _behind(counts: Counts, which: Which) -> Behind:
    ids = counts.ids(which)
    return Behind(rows_of(ids[:ANNEX]), len(ids))


def _hot(request: HttpRequest) -> list[str]:
    """What piles up as the brief is made, wherever its reader counts; none where it is off."""
    actor, moment = actor_in(request), now()
    rules = rules_of(actor, "figures.view", moment)
    if rules is None:
        return []
    return [
        f"{say_what(spot)}：{say_burst(len(spot.rows), spot.days, spot.usual)}"
        for spot in hot_spots(actor, rules, moment, "figures.view")[:HOT]
    ]


def _shown(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "says": section.says,
        "tables": [
            table(sheet.title, sheet.heads, sheet.rows, sheet.numbers) for sheet in section.sheets
        ],
    }


def _kinds() -> dict[BriefKind, str]:
    return {
        BriefKind.WEEKLY: _("Weekly dispatch"),
        BriefKind.MONTHLY: _("Monthly review"),
        BriefKind.SPECIAL: _("Report on residents' concerns"),
    }


def _times(asked: Asked) -> list[dict[str, Any]]:
    """The periods before today, the latest first; none to choose for a special brief."""
    if asked.kind not in GRAIN:
        return []
    span, offered = brief_span(asked.kind, today_of(now())), []
    for _n in range(BACK):
        offered.append((_key(span), _shortly(span)))
        span = before(span)
    chosen = _key(asked.span)
    if chosen not in dict(offered):
        offered.append((chosen, _shortly(asked.span)))
    return choices(offered, chosen)


def _shortly(span: Span) -> str:
    """A period as an option of a select: a week by its days, in figures."""
    whole = say_span(span)
    return f"{span.first} – {span.last:%m-%d}" if span.grain is Grain.WEEK else whole


def _key(span: Span) -> str:
    assert span.grain is not None
    return key_of(span.grain, span.first)


def _places(asked: Asked) -> list[dict[str, Any]]:
    places = asked.counts.view.places.values()
    depth = min((spot.line.count(".") for spot in places), default=1)
    options = [(s.uid, "　" * (s.line.count(".") - depth) + s.name) for s in places]
    return choices([("", _("All")), *options], asked.place)


def _items(asked: Asked) -> list[dict[str, Any]]:
    if asked.kind is not BriefKind.SPECIAL:
        return []
    options = sorted(asked.titles.items(), key=lambda pair: pair[1])
    return choices([("", _("Every kind")), *options], asked.item)


urls: list[URLPattern] = [
    path("briefs", brief, name="brief"),
    path("briefs.docx", brief_docx, name="brief_docx"),
]
