"""秒回: the texts a filing meets, the texts staff see, and what became of what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from yishi.core.case.state import CaseState
from yishi.core.instant import Approved, Drafted, InstantRules, InstantState, choose
from yishi.core.person import Actor
from yishi.records.models import Case, DutyRow, Hand, InstantAnswer, Place, Report
from yishi.records.queries.case_list import ROW as CASE_ROW
from yishi.records.queries.duty import standing_on
from yishi.records.queries.ledger import month_of, visible_at
from yishi.records.queries.paging import plain
from yishi.records.queries.permit import visible
from yishi.records.queries.rule import today_of

# A matter that stands as a text answered it; one that was sent back is answered later, or not yet.
AT_ONCE = Q(instant__isnull=False, answered_at=F("filed_at"))
UNSOLVED = Q(instant__isnull=False) & (
    Q(answered_at__isnull=True) | Q(answered_at__gt=F("filed_at"))
)
ROW = ("uid", "title", "state", "until_at", "drafted_at", "place__name", "words")
STATES = ("draft", "in_force", "expired", "refused", "ended")
# What a draft would have answered is looked for among so many matters at most.
LOOK_BACK = timedelta(days=30)
LOOK_MOST = 5_000


def answered_at_once() -> QuerySet[Case]:
    """Matters that stand as a text answered them, and wait for the resident's word."""
    return Case.objects.filter(AT_ONCE, state=CaseState.ANSWERED)


def texts_at(place: Place, now: datetime) -> list[Approved]:
    """The approved texts in force where `place` is. One statement, by the index on state."""
    item = DutyRow.objects.filter(
        standing_on(today_of(now)), code=OuterRef("item"), place_id__in=place.ids
    ).order_by("position")
    rows = InstantAnswer.objects.filter(
        standing(now)["in_force"], place_id__in=place.ids
    ).values_list(
        "id", "uid", "title", "answer", "words", "place__line", "decided_at", "item",
        Subquery(item.values("title")[:1]),
    )  # fmt: skip
    return [
        Approved(pk, uid, title, answer, tuple(words), line.count("."), at, code, item_title or "")
        for pk, uid, title, answer, words, line, at, code, item_title in rows
    ]


def standing(now: datetime) -> dict[str, Q]:
    """`core.instant.standing`, as conditions. The moment a text expires is exclusive."""
    approved = Q(state=InstantState.APPROVED)
    return {
        "draft": Q(state=InstantState.DRAFT),
        "in_force": approved & Q(until_at__gt=now),
        "expired": approved & Q(until_at__lte=now),
        "refused": Q(state=InstantState.REFUSED),
        "ended": Q(state=InstantState.ENDED),
    }


def texts(actor: Actor, state: str, month: str, now: datetime) -> QuerySet[InstantAnswer, Any]:
    """The texts the actor may read, newest first, each with how often it was `sent` and how many
    of these were `unsolved`; `state` one of `STATES` or "", `month` of its draft or ""."""
    rows = _visible(actor)
    if both := month_of(month):
        rows = rows.filter(drafted_at__gte=both[0], drafted_at__lt=both[1])
    if state in STATES:
        rows = rows.filter(standing(now)[state])
    return (
        rows.annotate(sent=_counted(Q()), unsolved=_counted(UNSOLVED))
        .order_by("-drafted_at", "-id")
        .values(*ROW, "sent", "unsolved")
    )


def counts(actor: Actor, now: datetime) -> dict[str, int]:
    """State → how many texts. One statement."""
    wanted = {name: Count("pk", filter=how) for name, how in standing(now).items()}
    return _visible(actor).aggregate(**wanted)


def text_for(actor: Actor, uid: str) -> InstantAnswer | None:
    """One text with `sent` and `unsolved`, or None where there is none or it is not theirs."""
    people = ("drafted_by", "decided_by", "ended_by")
    rows = _visible(actor).annotate(sent=_counted(Q()), unsolved=_counted(UNSOLVED))
    return rows.filter(uid=uid).select_related("place", *people).first()


def parties_of(row: InstantAnswer) -> dict[str, frozenset[int]]:
    """Part → persons who had it in the text. One statement."""
    found: dict[str, frozenset[int]] = {}
    for part, person in Hand.objects.filter(subject_uid=row.uid).values_list("part", "person_id"):
        found[part] = found.get(part, frozenset()) | {person}
    return found


def answered_by(actor: Actor, row: InstantAnswer, *, unsolved: bool) -> QuerySet[Case, Any]:
    """The matters a text answered that the actor may list, newest first; only those that were
    still unsolved where `unsolved`."""
    found = Case.objects.filter(visible(actor, "case.list", each=True), instant=row)
    if unsolved:
        found = found.filter(UNSOLVED)
    return found.order_by("-filed_at", "-id").values(*CASE_ROW)


def case_lines(ids: Sequence[int]) -> list[dict[str, Any]]:
    """The rows of these cases, newest first. One statement."""
    found = Case.objects.filter(pk__in=ids).order_by("-filed_at", "-id")
    return plain(found.values(*CASE_ROW))


def drafted_of(row: InstantAnswer) -> Drafted:
    """A kept text as it was drafted."""
    return Drafted(row.title, row.answer, tuple(row.words), row.until_at)


@dataclass(frozen=True)
class Preview:
    """Of how many matters, which a text would have answered: case ids and how many of them.

    `capped`: there were more matters than are looked at.
    """

    looked: int
    found: tuple[int, ...]
    capped: bool = False


def preview(
    actor: Actor, text: Approved, place: Place, rules: InstantRules, now: datetime
) -> Preview:
    """What the text would have answered of the matters of the last days that the actor may list,
    newest first. Two statements."""
    below = Place.objects.filter(line__startswith=place.line)
    cases = Case.objects.filter(
        visible(actor, "case.list", each=True),
        place_id__in=below.values("pk"),
        filed_at__gt=now - LOOK_BACK,
        filed_at__lte=now,
    ).order_by("-filed_at", "-id")
    ids = list(cases.values_list("pk", flat=True)[: LOOK_MOST + 1])
    rows = Report.objects.filter(links__case_id__in=ids[:LOOK_MOST], links__until_at=None)
    said: dict[int, list[tuple[str, str]]] = {}
    for pk, words, nature in rows.values_list("links__case_id", "words", "nature"):
        said.setdefault(pk, []).append((words, nature))
    hit = tuple(
        pk
        for pk in ids[:LOOK_MOST]
        if any(choose(words, nature, [text], rules) for words, nature in said.get(pk, ()))
    )
    return Preview(min(len(ids), LOOK_MOST), hit, len(ids) > LOOK_MOST)


def _counted(which: Q) -> Any:
    cases = Case.objects.filter(which, instant=OuterRef("pk")).order_by().values("instant")
    return Subquery(cases.annotate(n=Count("pk")).values("n"))


def _visible(actor: Actor) -> QuerySet[InstantAnswer]:
    return InstantAnswer.objects.filter(visible_at(actor, "instant.list"))
