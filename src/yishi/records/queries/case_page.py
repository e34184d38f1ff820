"""What hangs on a case, for its page: its story, its photos, orders and publication."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import CharField, DateTimeField, F, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from yishi.records.models import Attachment, Call, Entry, Order, OutsideOrder, Publication
from yishi.records.queries.case import LockedCase
from yishi.records.queries.merging import taken_in

COLUMNS = tuple(
    f"x_{name}" for name in ("what", "uid", "code", "a", "b", "c", "d", "e", "at", "done")
)


@dataclass(frozen=True)
class Photo:
    """A picture of a case; `proof` with a unit's result, else with the words of `report`."""

    uid: str
    proof: bool
    at: datetime
    report: str = ""


@dataclass(frozen=True)
class OrderShown:
    """A supervisory order and what became of it. `cause`: twice, officer."""

    uid: str
    unit: str
    cause: str
    words: str
    answer: str
    issued_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True)
class PublicationShown:
    """What is, was or may become public of a case."""

    uid: str
    state: str
    category: str
    title: str
    text: str
    answer: str
    ground: str


@dataclass(frozen=True)
class MergedShown:
    """A case merged into this one. `residents`: how many came along."""

    uid: str
    number: str
    line: str
    state_before: str
    residents: int
    at: datetime


@dataclass(frozen=True)
class CallShown:
    """A call for help. `unit` claimed it; without one and with `closed_at` it was ended."""

    uid: str
    words: str
    unit: str
    at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class Ordered:
    """An order of a higher system it is handled for: its number, when its answer went back."""

    system: str
    number: str
    due_at: datetime | None
    sent_back_at: datetime | None


@dataclass(frozen=True)
class Beside:
    """All that is kept beside the case row, oldest first."""

    photos: tuple[Photo, ...] = ()
    merged: tuple[MergedShown, ...] = ()
    calls: tuple[CallShown, ...] = ()
    orders: tuple[OrderShown, ...] = ()
    publication: PublicationShown | None = None
    outside: tuple[Ordered, ...] = ()
    entries: tuple[Entry, ...] = field(default=())


def beside(held: LockedCase) -> Beside:
    """Story, photos, orders, publication, merged cases and calls of a case somebody may see, with
    the photos of cases merged into it. Two statements.
    """
    case = held.case
    pictures = Attachment.objects.filter(Q(case=case) | Q(case__main=case))
    entries = Entry.objects.filter(subject_uid=case.uid).select_related("person")
    rows = list(
        _same(pictures, "photo", code=F("part"), a=F("report__uid"), at=F("added_at"))
        .union(
            _same(
                Order.objects.filter(case=case),
                "order",
                code=F("cause"),
                a=F("words"),
                b=F("answer"),
                c=F("unit__name"),
                at=F("issued_at"),
                done=F("answered_at"),
            ),
            _same(
                Publication.objects.filter(case=case),
                "publication",
                code=F("state"),
                a=F("title"),
                b=F("text"),
                c=F("answer"),
                d=F("ground"),
                e=F("category"),
                at=F("drafted_at"),
            ),
            _same(
                taken_in(case),
                "merged",
                code=F("case__uid"),
                a=F("case__number"),
                b=F("case__line"),
                c=Cast("residents", TextField()),
                d=KeyTextTransform("state", "before"),
                at=F("merged_at"),
            ),
            _same(
                Call.objects.filter(case=case),
                "call",
                a=F("words"),
                b=F("assignment__unit__name"),
                at=F("called_at"),
                done=F("closed_at"),
            ),
            _same(
                OutsideOrder.objects.filter(report__in=[report.pk for report in held.reports]),
                "outside",
                a=F("system__name"),
                b=F("their_number"),
                at=F("due_at"),
                done=F("sent_back_at"),
            ),
            all=True,
        )
        .order_by("x_at", "x_uid")
    )
    publication = next((row for row in rows if row[0] == "publication"), None)
    return Beside(
        tuple(Photo(r[1], r[2] == "proof", r[8], r[3] or "") for r in rows if r[0] == "photo"),
        tuple(
            MergedShown(r[2], r[3], r[4], r[6], int(r[5]), r[8]) for r in rows if r[0] == "merged"
        ),
        tuple(CallShown(r[1], r[3], r[4] or "", r[8], r[9]) for r in rows if r[0] == "call"),
        tuple(
            OrderShown(r[1], r[5], r[2], r[3], r[4], r[8], r[9]) for r in rows if r[0] == "order"
        ),
        PublicationShown(
            publication[1],
            publication[2],
            publication[7],
            publication[3],
            publication[4],
            publication[5],
            publication[6],
        )
        if publication
        else None,
        tuple(Ordered(r[3], r[4], r[8], r[9]) for r in rows if r[0] == "outside"),
        tuple(entries.order_by("subject_no")),
    )


def _same(rows: QuerySet, what: str, **columns: Combinable) -> QuerySet:
    """Rows of different tables in the same columns, so that one statement fetches them all."""
    text, none = Value("", TextField()), Value(None, DateTimeField())
    return (
        rows.order_by()
        .annotate(
            x_what=Value(what, CharField()),
            x_uid=F("uid"),
            x_code=columns.get("code", text),
            x_a=columns.get("a", text),
            x_b=columns.get("b", text),
            x_c=columns.get("c", text),
            x_d=columns.get("d", text),
            x_e=columns.get("e", text),
            x_at=columns["at"],
            x_done=columns.get("done", none),
        )
        .values_list(*COLUMNS)
    )
