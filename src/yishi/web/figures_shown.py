"""The headline figures: each with its whole, its course, its comparisons and its list."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.figures import BY_ID, Dimension, Figure, Tally, Which, growth, share
from yishi.core.rates import RateRules, Rates, rates
from yishi.phrases.figures import (
    say_figure,
    say_hours,
    say_more,
    say_number,
    say_out_of,
    say_points,
    say_section,
    say_share,
    say_tenths,
    say_time_taken,
)
from yishi.phrases.period import say_days
from yishi.records.queries.figures import Compared
from yishi.web.figures_asked import Page

HOUR = timedelta(hours=1).total_seconds()
SPARK = 24
KINDS = {
    "overdue": "late",
    "community_overdue": "late",
    "asserted_overdue": "late",
    "community_asserted_overdue": "late",
}
# Compared by its share of the whole; the others by how many they are.
AS_SHARE = frozenset({"settled", "on_time", "overdue", "community_led", "community_overdue"})
ALWAYS = frozenset(
    {"received", "repeats", "settled", "open", "on_time", "overdue", "handling_time"}
)
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("came", ("received", "repeats", "merged", "withdrawn", "instant", "instant_unsolved")),
    ("fast", ("settled", "open", "on_time", "overdue", "handling_time")),
    (
        "carries",
        (
            "return_asked",
            "return_accepted",
            "community_led",
            "community_overdue",
            "community_asserted_overdue",
            "pushed",
        ),
    ),
    ("asserted", ("asserted_on_time", "asserted_overdue", "asserted_unknown")),
)


def sections(page: Page) -> list[dict[str, Any]]:
    """The figures that belong together, under their headings; those that are about nothing here
    are left out."""
    total = page.counts.total
    found = []
    for id, names in SECTIONS:
        if id == "asserted" and not total.count(Which.IMPORTED):
            continue
        shown = [name for name in names if name in ALWAYS or _matters(total, BY_ID[name])]
        if shown:
            figures = [_figure(page, BY_ID[name]) for name in shown]
            found.append({"id": id, "title": say_section(id), "figures": figures})
    return found


def compared_with(page: Page) -> list[str]:
    """What the figures are compared with, in words; that there was nothing, where so."""
    found = []
    for one, word, nothing in _earlier(page):
        text = say_days(one.span)
        found.append(
            _("%(word)s: with %(days)s") % {"word": word, "days": text}
            if one.tally.received
            else _("%(nothing)s (%(days)s)") % {"nothing": nothing, "days": text}
        )
    return found


def _matters(total: Tally, figure: Figure) -> bool:
    """A figure out of a part of the matters is told where that part is not empty."""
    narrow = figure.of not in (None, Which.RECEIVED, Which.LED)
    return total.count(figure.of if figure.of and narrow else figure.counts) > 0


def _figure(page: Page, figure: Figure) -> dict[str, Any]:
    total = page.counts.total
    count = total.count(figure.counts)
    value, unit, out_of, note = str(count), _("matters"), "", ""
    if figure.is_time:
        took = total.handling
        value, unit = say_hours(took.mean / HOUR if took else None)
        out_of = _("over %(count)s matters handled") % {"count": count}
        if took:
            words = {
                "median": say_time_taken(took.median / HOUR),
                "ninety": say_time_taken(took.ninety / HOUR),
            }
            note = _("half within %(median)s, nine in ten within %(ninety)s") % words
    elif figure.of:
        out_of = _out_of(count, total.count(figure.of), figure.id)
    return {
        "label": say_figure(figure.id),
        "value": value,
        "unit": unit,
        "denominator": out_of,
        "note": note,
        "compared": [
            {"word": word, "text": _difference(figure, total, one.tally)}
            for one, word, _nothing in _earlier(page)
            if one.tally.received
        ],
        "drawing": _course(page, figure.counts) if count else [],
        "href": page.list_href(figure.id) if count else "",
        "kind": KINDS.get(figure.id, "") if count else "",
    }


def _out_of(count: int, whole: int, id: str) -> str:
    words = {"whole": whole, "words": say_out_of(id), "share": say_tenths(share(count, whole))}
    if whole:
        return _("%(share)s of %(whole)s %(words)s") % words
    return _("of %(whole)s %(words)s") % words


def _earlier(page: Page) -> list[tuple[Compared, str, str]]:
    """环比 and 同比: with what, its word, and what is said where there was nothing."""
    counts = page.counts
    both = (
        (counts.before, _("Period before"), _("Nothing was received in the period before")),
        (counts.year_before, _("Year before"), _("Nothing was received a year before")),
    )
    return [(one, word, nothing) for one, word, nothing in both if one is not None]


def _difference(figure: Figure, total: Tally, earlier: Tally) -> str:
    if figure.is_time:
        now, then = total.handling, earlier.handling
        if now is None or then is None:
            return _("nothing handled")
        more = round(now.mean - then.mean)
        sign = "+" if more > 0 else "−" if more < 0 else "±"
        return f"{sign}{say_time_taken(abs(more) / HOUR)}"
    count, before = total.count(figure.counts), earlier.count(figure.counts)
    if figure.id in AS_SHARE and figure.of:
        wholes = total.count(figure.of), earlier.count(figure.of)
        if not all(wholes):
            return _("nothing to compare")
        return say_points(share(count, wholes[0]) - share(before, wholes[1]))
    return say_more(count - before, growth(count, before))


def _course(page: Page, which: Which) -> list[int]:
    """A figure by month, oldest first; nothing for a single month."""
    lines = page.counts.lines(Dimension.MONTH)
    found = [line.tally.count(which) for line in lines[-SPARK:]]
    return found if len(found) > 1 and any(found) else []


def three_rates(page: Page) -> dict[str, Any] | None:
    """响应率, 解决率, 满意率 and their score, with the formula and what was left out; None where
    nothing was rated or no formula is adopted."""
    view, total = page.counts.view, page.counts.total
    found = page.counts.rates
    if found is None or view.rules is None or not total.count(Which.RATED):
        return None
    rules = view.rules
    earlier = [
        (rates(one.tally.call_backs, rules), word)
        for one, word, _nothing in _earlier(page)
        if one.tally.received
    ]
    own: Sequence[tuple[str, str, Which, str]] = (
        ("response", _("Response rate"), Which.VALID, ""),
        ("solved", _("Solved rate"), Which.VALID, ""),
        ("satisfied", _("Satisfaction rate"), Which.VALID_SATISFACTION, _weighed(total, rules)),
    )
    figures = [
        {
            "label": label,
            "value": _percent(getattr(found, id)),
            "denominator": _of(total, BY_ID[id]),
            "note": note,
            "compared": _rate_compared(id, found, earlier),
            "href": page.list_href(id) if total.count(BY_ID[id].counts) else "",
            "more": _basically(page) if id == "satisfied" else None,
        }
        for id, label, _whole, note in own
    ]
    score = {
        "label": _("Score of the three"),
        "value": _percent(found.score),
        "compared": _rate_compared("score", found, earlier),
    }
    return {
        "title": say_section("well"),
        "figures": [*figures, score],
        "formula": _formula(rules),
        "version": _("Formula %(id)s, version %(version)s, from %(day)s")
        % {"id": rules.id, "version": rules.version, "day": view.rules_from},
        "left_out": [_left_out(page, id) for id in ("excluded", "excluded_satisfaction")],
    }


def _of(total: Tally, figure: Figure) -> str:
    assert figure.of is not None
    words = {
        "count": total.count(figure.counts),
        "whole": total.count(figure.of),
        "words": say_out_of(figure.id),
    }
    return _("%(count)s of %(whole)s %(words)s") % words


def _weighed(total: Tally, rules: RateRules) -> str:
    words = {"weight": say_number(rules.basically), "count": total.count(Which.BASICALLY)}
    return _("and %(count)s basically satisfied, each counting %(weight)s") % words


def _basically(page: Page) -> Mapping[str, str] | None:
    if not page.counts.total.count(Which.BASICALLY):
        return None
    return {"href": page.list_href("basically"), "word": say_figure("basically")}


def _rate_compared(
    id: str, found: Rates, earlier: Sequence[tuple[Rates, str]]
) -> list[dict[str, str]]:
    now: Fraction | None = getattr(found, id)
    shown = []
    for one, word in earlier:
        then: Fraction | None = getattr(one, id)
        if now is not None and then is not None:
            points = share(now.numerator, now.denominator) - share(then.numerator, then.denominator)
            shown.append({"word": word, "text": say_points(points)})
        else:
            shown.append({"word": word, "text": _("nothing to compare")})
    return shown


def _formula(rules: RateRules) -> str:
    return _(
        "Score = %(response)s × response + %(solved)s × solved + %(satisfied)s × satisfaction"
    ) % {name: say_number(getattr(rules, name)) for name in ("response", "solved", "satisfied")}


def _left_out(page: Page, id: str) -> dict[str, Any]:
    count = page.counts.total.count(BY_ID[id].counts)
    return {
        "label": say_figure(id),
        "count": count,
        "href": page.list_href(id) if count else "",
    }


def _percent(value: Fraction | None) -> str:
    return "—" if value is None else say_share(value)
