"""周调度, 月点评, 民情专报: which sections each has, and its annexes of cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.brief import Brief, BriefKind, Section, Sheet
from yishi.core.number import show_number
from yishi.phrases.brief import sections
from yishi.phrases.brief.numbers import say_span
from yishi.phrases.clock import say_exact
from yishi.phrases.period import say_day
from yishi.phrases.rule import say_text
from yishi.phrases.state import say_state
from yishi.records.queries.figures import Counts

ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Behind:
    """Cases behind a figure: those that are listed, and how many there are."""

    rows: Sequence[Mapping[str, Any]]
    total: int


def make_brief(
    kind: BriefKind,
    counts: Counts,
    *,
    issuer: str,
    about: str,
    made_on: date,
    titles: dict[str, str],
    overdue: Behind,
    repeats: Behind,
    every: Behind | None = None,
    hot: Sequence[str] = (),
) -> Brief:
    """The document. `about`: what a special brief is about; `titles`: code → name of an item;
    `every`: the cases of a special brief; `hot`: sentences on what comes up all at once.

    Nobody is named and nobody's words are quoted: cases stand by number, kind, place and unit.
    """
    span = counts.view.span
    assert span is not None
    names = {code: say_text(channel.name) for code, channel in counts.view.channels.items()}
    found = [sections.overall(counts)]
    if kind is BriefKind.SPECIAL:
        found.append(sections.course(counts))
    if hot:
        found.append(Section(_("What comes up all at once"), tuple(hot)))
    if kind is not BriefKind.WEEKLY:
        found.append(sections.three_rates(counts))
    found += [sections.units(counts), sections.frequent(counts, titles)]
    if kind is not BriefKind.SPECIAL:
        found.append(sections.burden(counts))
        found.append(sections.channels(counts, names))
    annexes = [
        _annex(_("Matters overdue"), overdue),
        _annex(_("Repeats"), repeats),
        *([_annex(_("Every matter"), every)] if every else []),
    ]
    kept = [section for section in found if section.says or section.sheets]
    return Brief(
        title=_title(kind, about),
        issuer=issuer,
        period=say_span(span),
        made_on=say_day(made_on),
        sections=tuple(_numbered(at, section) for at, section in enumerate(kept)),
        annexes=tuple(
            Section(_("Annex %(n)s: %(title)s") % {"n": n, "title": a.title}, a.says, a.sheets)
            for n, a in enumerate((a for a in annexes if a.sheets), 1)
        ),
        basis=_basis(counts),
    )


def _title(kind: BriefKind, about: str) -> str:
    return {
        BriefKind.WEEKLY: _("Weekly dispatch of residents' matters"),
        BriefKind.MONTHLY: _("Monthly review of residents' matters"),
        BriefKind.SPECIAL: _("Report on residents' concerns: %(about)s") % {"about": about},
    }[kind]


def _numbered(at: int, section: Section) -> Section:
    ordinal = ORDINALS[at] if at < len(ORDINALS) else str(at + 1)
    return Section(f"{ordinal}、{section.title}", section.says, section.sheets)


def _basis(counts: Counts) -> tuple[str, ...]:
    """Where the numbers come from, so that anybody can count again."""
    said = [_("Every number is counted from the record; each opens its list under Figures.")]
    rules = counts.view.rules
    if rules is not None:
        words = {
            "id": rules.id,
            "version": rules.version,
            "response": rules.response,
            "solved": rules.solved,
            "satisfied": rules.satisfied,
            "basically": rules.basically,
        }
        said.append(
            _(
                "Rates by formula %(id)s, version %(version)s: response × %(response)s + solved × "
                "%(solved)s + satisfied × %(satisfied)s, basically satisfied counting "
                "%(basically)s."
            )
            % words
        )
    return tuple(said)


def _annex(title: str, behind: Behind) -> Section:
    rows = tuple(
        (
            show_number(row["number"]),
            row["item_title"] or _("Not sorted yet"),
            row["place__name"],
            row["main__lead__name"] or row["lead__name"] or "—",
            say_exact(row["filed_at"])[:10],
            say_state(row["state"])["word"],
        )
        for row in behind.rows
    )
    if not rows:
        return Section(title)
    heads = (
        _("Number"), _("Kind of matter"), _("Place"), _("Unit"), _("Received"), _("State"),
    )  # fmt: skip
    said = _("%(total)s matters.") % {"total": behind.total}
    if behind.total > len(rows):
        words = {"total": behind.total, "shown": len(rows)}
        said = _("%(total)s matters; the latest %(shown)s are listed.") % words
    return Section(title, (said,), (Sheet(title, heads, rows, (32, 33, 22, 28, 26, 15)),))
