"""Finds documents of the index within what somebody may see, the newest first in each rank.

Three ranks: the phrase in a number or title, the phrase in the words, every word somewhere.
Who may see a document is told by its marks, so that the index itself narrows; what is then
shown is read under `permit.visible` again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from yishi.core.permit import Grant, Scope, reach
from yishi.core.person import Actor, Role, Seat
from yishi.core.search import Piece, Sought, first_with, marked
from yishi.records.index import (
    BOARD,
    CLOSED,
    GRID,
    OPEN,
    PLACE,
    STAFF,
    UNIT,
)
from yishi.records.models import Case, Link
from yishi.records.queries.case_list import PAGE, ROW, first_photos
from yishi.records.queries.case_texts import texts_of
from yishi.records.queries.paging import page_within
from yishi.records.queries.permit import visible
from yishi.records.queries.publication import on_board
from yishi.records.queries.sought import documents


@dataclass(frozen=True)
class Found:
    """One page of what was found; `pieces`: case id → the cutting with its marks."""

    rows: list[dict[str, Any]]
    total: int
    capped: bool
    page: int
    pages: int
    pieces: dict[int, tuple[Piece, ...]] = field(default_factory=dict)
    photos: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Narrowed:
    """`open`: "" everything, "yes", "no". `place`: the id of a place, its cases and those below."""

    open: str = ""
    place: int | None = None


def find_cases(actor: Actor, sought: Sought, narrowed: Narrowed, page: int = 1) -> Found:
    """A page of the cases `actor` may list that hold what is sought. At most six statements."""
    scope = _scope(actor)
    if not scope:
        return Found([], 0, False, 1, 1)
    marks = [STAFF] if narrowed.place is None else [STAFF, f"{PLACE}{narrowed.place}"]
    if narrowed.open in ("yes", "no"):
        marks.append(OPEN if narrowed.open == "yes" else CLOSED)
    ids, capped = documents(sought, marks, scope)
    page, pages = page_within(page, len(ids), PAGE)
    wanted = [doc // 2 for doc in ids[(page - 1) * PAGE : page * PAGE]]
    seen = Case.objects.filter(visible(actor, "case.list", each=True), pk__in=wanted)
    by_id = {row["id"]: row for row in seen.values(*ROW)}
    rows = [by_id[pk] for pk in wanted if pk in by_id]
    texts = texts_of([row["id"] for row in rows])
    pieces = {pk: _pieces(found.shown, sought) for pk, found in texts.items()}
    return Found(rows, len(ids), capped, page, pages, pieces, first_photos(rows))


def case_uid(actor: Actor, number: str) -> str | None:
    """The case `actor` may list that has this number, or a report with it."""
    numbered = Case.objects.filter(visible(actor, "case.list", each=True)).order_by("pk")
    joined = Link.objects.filter(report__number=number, until_at__isnull=True)
    return (
        numbered.filter(number=number).values_list("uid", flat=True).first()
        or numbered.filter(pk__in=joined.values("case_id")).values_list("uid", flat=True).first()
    )


def find_published(sought: Sought, page: int = 1) -> Found:
    """A page of what is on the public board and holds what is sought. At most four statements."""
    ids, capped = documents(sought, [BOARD])
    page, pages = page_within(page, len(ids), PAGE)
    wanted = [doc // 2 for doc in ids[(page - 1) * PAGE : page * PAGE]]
    by_case = {row["case_id"]: row for row in on_board(wanted)}
    rows = [by_case[pk] for pk in wanted if pk in by_case]
    pieces = {
        row["case_id"]: _pieces([row["title"], row["text"], row["answer"]], sought) for row in rows
    }
    return Found(rows, len(ids), capped, page, pages, pieces)


def _pieces(texts: Iterable[str], sought: Sought) -> tuple[Piece, ...]:
    text = first_with(list(texts), sought)
    return marked(text, sought) if text else ()


def _scope(actor: Actor) -> tuple[str, ...]:
    """The marks of which a document has one where `actor` may list its case."""
    found = {_mark(grant, seat) for grant, seat in reach(actor, "case.list")}
    return tuple(sorted(mark for mark in found if mark))


def _mark(grant: Grant, seat: Seat | None) -> str:
    if seat is None or grant.role in (None, Role.RESIDENT, Role.SYSTEM):
        return ""
    match grant.scope:
        case Scope.PLACE:
            return f"{PLACE}{seat.place_id}"
        case Scope.GRID if seat.grouping_id is not None:
            return f"{GRID}{seat.grouping_id}"
        case Scope.UNIT if seat.body_id is not None:
            return f"{UNIT}{seat.body_id}"
    return ""
