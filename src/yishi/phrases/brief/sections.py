"""The sections of a brief: what they say, and their tables."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from yishi.core.brief import Section, Sheet
from yishi.core.figures import NONE, Dimension, Tally, Which
from yishi.core.period import Grain, Span, key_of
from yishi.core.rates import RateRules, rates
from yishi.phrases.brief.numbers import say_change, say_rate, say_share, say_span, say_took
from yishi.records.queries.figures import Counts, Line

TOP = 10
UNITS = 30
W = Which


def overall(counts: Counts) -> Section:
    """What came in, how far it has come, and the same against the periods before."""
    total = counts.total
    before, year = counts.before, counts.year_before
    received = total.received
    words = {
        "received": received,
        "settled": total.count(W.SETTLED),
        "share": say_share(total.count(W.SETTLED), received),
        "open": total.count(W.OPEN),
    }
    says = [
        _(
            "%(received)s matters were received; %(settled)s of them are settled (%(share)s), "
            "%(open)s are being handled."
        )
        % words,
        _(
            "Of %(timed)s whose clock was met or ran out, %(on_time)s were on time (%(share)s) and "
            "%(overdue)s overdue. Handling took %(mean)s on average, %(median)s in the middle, and "
            "nine in ten were handled within %(ninety)s."
        )
        % {
            "timed": total.count(W.TIMED),
            "on_time": total.count(W.ON_TIME),
            "share": say_share(total.count(W.ON_TIME), total.count(W.TIMED)),
            "overdue": total.count(W.OVERDUE),
            **_took(total),
        },
        _(
            "%(instant)s were answered in seconds, %(unsolved)s of them still unsolved; "
            "%(repeats)s (%(share)s) were repeats; for %(asked)s a return was asked, for "
            "%(accepted)s it was granted."
        )
        % {
            "instant": total.count(W.INSTANT),
            "unsolved": total.count(W.INSTANT_UNSOLVED),
            "repeats": total.count(W.REPEATS),
            "share": say_share(total.count(W.REPEATS), received),
            "asked": total.count(W.RETURN_ASKED),
            "accepted": total.count(W.RETURN_ACCEPTED),
        },
    ]
    sheets = []
    if before and year:
        rows = tuple(
            (
                name,
                str(total.count(which)),
                str(before.tally.count(which)),
                say_change(total.count(which), before.tally.count(which)),
                str(year.tally.count(which)),
                say_change(total.count(which), year.tally.count(which)),
            )
            for name, which in _compared()
        )
        heads = (
            _("Figure"),
            _("This period"),
            _("The period before"),
            _("Against the period before"),
            _("A year ago"),
            _("Against a year ago"),
        )
        spans = {"before": say_span(before.span), "year": say_span(year.span)}
        says.append(_("Compared with %(before)s and with %(year)s.") % spans)
        sheets = [
            Sheet(_("This period beside others"), heads, rows, (36, 20, 20, 32, 20, 28), _NUMBERS)
        ]
    return Section(_("The whole picture"), tuple(says), tuple(sheets))


_NUMBERS = frozenset({1, 2, 4})


def _compared() -> tuple[tuple[str, Which], ...]:
    return (
        (_("Received"), W.RECEIVED),
        (_("Settled"), W.SETTLED),
        (_("On time"), W.ON_TIME),
        (_("Overdue"), W.OVERDUE),
        (_("Repeats"), W.REPEATS),
        (_("Answered in seconds"), W.INSTANT),
        (_("Returns asked"), W.RETURN_ASKED),
        (_("Led by communities"), W.COMMUNITY_LED),
        (_("Valid call-backs"), W.VALID),
    )


def _took(tally: Tally) -> dict[str, str]:
    took = tally.handling
    return {
        "mean": say_took(took.mean if took else None),
        "median": say_took(took.median if took else None),
        "ninety": say_took(took.ninety if took else None),
    }


def three_rates(counts: Counts) -> Section:
    """The three rates, their formula, what is left out of them, and each unit's."""
    title = _("Three rates")
    rules = counts.view.rules
    if rules is None:
        return Section(title, (_("No formula of the rates has been adopted here."),))
    total, found = counts.total, counts.rates
    assert found is not None
    says = [
        _(
            "Out of %(valid)s valid call-backs: response %(response)s, solved %(solved)s, "
            "satisfied %(satisfied)s; together %(score)s."
        )
        % {
            "valid": total.count(W.VALID),
            "response": say_rate(found.response),
            "solved": say_rate(found.solved),
            "satisfied": say_rate(found.satisfied),
            "score": say_rate(found.score),
        },
        _("%(all)s ratings were left out of every rate, %(some)s of satisfaction alone.")
        % {"all": total.count(W.EXCLUDED), "some": total.count(W.EXCLUDED_SATISFACTION)},
    ]
    lines = [line for line in _units(counts) if line.tally.count(W.VALID)]
    sheets = (_rate_sheet(lines, rules),) if lines else ()
    return Section(title, tuple(says), sheets)


def _rate_sheet(lines: Sequence[Line], rules: RateRules) -> Sheet:
    rows = []
    for line in lines:
        own = rates(line.tally.call_backs, rules)
        left_out = line.tally.count(W.EXCLUDED) + line.tally.count(W.EXCLUDED_SATISFACTION)
        rows.append(
            (
                _unit(line),
                str(line.tally.count(W.VALID)),
                say_rate(own.response),
                say_rate(own.solved),
                say_rate(own.satisfied),
                say_rate(own.score),
                str(left_out),
            )
        )
    heads = (
        _("Unit"),
        _("Valid call-backs"),
        _("Response rate"),
        _("Solution rate"),
        _("Satisfaction rate"),
        _("Together"),
        _("Left out"),
    )
    widths = (48, 20, 18, 18, 18, 18, 16)
    return Sheet(_("The three rates by unit"), heads, tuple(rows), widths, frozenset(range(1, 7)))


def units(counts: Counts) -> Section:
    """What each unit carried; units are compared, never persons."""
    rows = tuple(
        (
            _unit(line),
            str(line.tally.received),
            str(line.tally.count(W.SETTLED)),
            f"{line.tally.count(W.ON_TIME)}/{line.tally.count(W.TIMED)}",
            str(line.tally.count(W.OVERDUE)),
            say_took(line.tally.handling.mean if line.tally.handling else None),
            str(line.tally.count(W.RETURN_ASKED)),
        )
        for line in _units(counts)
    )
    heads = (
        _("Unit"),
        _("Received"),
        _("Settled"),
        _("On time, of those timed"),
        _("Overdue"),
        _("Average time"),
        _("Returns asked"),
    )
    widths = (48, 16, 16, 24, 16, 20, 16)
    return Section(
        _("The units"),
        sheets=(
            Sheet(_("What each unit carried"), heads, rows, widths, frozenset({1, 2, 3, 4, 6})),
        )
        if rows
        else (),
    )


def _units(counts: Counts) -> list[Line]:
    return [line for line in counts.lines(Dimension.UNIT)[:UNITS] if line.id]


def _unit(line: Line) -> str:
    return line.name or _("No unit yet")


def frequent(counts: Counts, titles: dict[str, str]) -> Section:
    """The most frequent kinds of matter and places, each beside the period before."""
    sheets = []
    for dimension, title, head in (
        (Dimension.ITEM, _("Most frequent kinds of matter"), _("Kind of matter")),
        (Dimension.PLACE, _("Most frequent places"), _("Place")),
    ):
        lines = counts.lines(dimension)[:TOP]
        earlier = _earlier(counts, dimension)
        rows = tuple(
            (
                _name(dimension, line, titles),
                str(line.tally.received),
                say_share(line.tally.received, counts.total.received),
                say_change(line.tally.received, earlier.get(line.key or line.name, 0)),
                str(line.tally.count(W.OVERDUE)),
            )
            for line in lines
        )
        if rows:
            heads = (
                head, _("Received"), _("Share"), _("Against the period before"), _("Overdue"),
            )  # fmt: skip
            widths = (62, 20, 20, 34, 20)
            sheets.append(Sheet(title, heads, rows, widths, frozenset({1, 2, 4})))
    return Section(_("What comes up most"), sheets=tuple(sheets))


def _earlier(counts: Counts, dimension: Dimension) -> dict[str, int]:
    """Key of a group → how many there were of it in the period before."""
    if counts.before is None:
        return {}
    whole = Counts(counts.part, counts.view, counts.within(counts.before.span), counts.words)
    lines = whole.lines(dimension)
    return {line.key or line.name: line.tally.received for line in lines[: len(lines)]}


def _name(dimension: Dimension, line: Line, titles: dict[str, str]) -> str:
    if dimension is Dimension.ITEM:
        return _("Not sorted yet") if line.key == NONE else titles.get(line.key, line.name)
    return line.name


def burden(counts: Counts) -> Section:
    """What communities carry, and what was kept from being pushed down to them."""
    total = counts.total
    words = {
        "led": total.count(W.COMMUNITY_LED),
        "share": say_share(total.count(W.COMMUNITY_LED), total.count(W.LED)),
        "overdue": total.count(W.COMMUNITY_OVERDUE),
        "timed": total.count(W.COMMUNITY_TIMED),
        "late": say_share(total.count(W.COMMUNITY_OVERDUE), total.count(W.COMMUNITY_TIMED)),
        "all": say_share(total.count(W.OVERDUE), total.count(W.TIMED)),
        "pushed": total.count(W.PUSHED),
    }
    says = _(
        "Communities lead %(led)s matters, %(share)s of those with a unit. %(overdue)s of "
        "%(timed)s of theirs were overdue (%(late)s; of all %(all)s). %(pushed)s matters were to "
        "be pushed down against the list and were stopped."
    )
    return Section(_("What communities carry"), (says % words,))


def channels(counts: Counts, names: dict[str, str]) -> Section:
    """Where matters came from."""
    rows = tuple(
        (
            names.get(line.key, line.name) if line.key != NONE else _("Unknown channel"),
            str(line.tally.received),
            say_share(line.tally.received, counts.total.received),
        )
        for line in counts.lines(Dimension.CHANNEL)[:TOP]
    )
    heads = (_("Channel"), _("Received"), _("Share"))
    sheet = Sheet(_("Matters by channel"), heads, rows, (96, 30, 30), frozenset({1, 2}))
    return Section(_("Where it comes from"), sheets=(sheet,) if rows else ())


def course(counts: Counts) -> Section:
    """Week by week, for a brief about one thing."""
    lines = counts.lines(Dimension.WEEK)
    rows = tuple(
        (
            say_span(span),
            str(tally.received if tally else 0),
            str(tally.count(W.SETTLED) if tally else 0),
            str(tally.count(W.OVERDUE) if tally else 0),
        )
        for span, tally in _weeks(counts, lines[: len(lines)])
    )
    heads = (_("Week"), _("Received"), _("Settled"), _("Overdue"))
    sheet = Sheet(_("Week by week"), heads, rows, (72, 28, 28, 28), frozenset({1, 2, 3}))
    return Section(_("How it went"), sheets=(sheet,) if rows else ())


def _weeks(counts: Counts, lines: Sequence[Line]) -> list[tuple[Span, Tally | None]]:
    known = {line.key: line.tally for line in lines}
    spans = counts.lines(Dimension.WEEK).spans()
    return [(span, known.get(key_of(Grain.WEEK, span.first))) for span in spans]
