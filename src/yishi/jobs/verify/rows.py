"""Every sealed row as it is now, against the digest the last entry about it left."""

from collections.abc import Iterator, Sequence
from hmac import compare_digest
from typing import Any

from django.db.models import QuerySet

from yishi.jobs.verify.digests import Digests, Sealed
from yishi.jobs.verify.wrong import Looked, Wrong
from yishi.records import models
from yishi.records.journal import sealed_values
from yishi.records.models import Case, Entry
from yishi.records.models.base import Kept
from yishi.tlog.digest import digest

BATCH = 250
SEALED: tuple[type[Kept], ...] = tuple(
    model
    for model in (getattr(models, name) for name in models.__all__)
    if issubclass(model, Kept) and (model.SEALED or model.SEALED_TEXT)
)
# These are born in an act; one without a digest came in behind the door's back.
OF_CASE = (
    "assignment",
    "attachment",
    "call",
    "clock",
    "finding",
    "inspection",
    "merge",
    "order",
    "outside_order",
    "publication",
    "rating",
    "request",
    "ruling",
)
# An account holds only what moved, and what moves is born sealed; the outside of a round without a
# fund was opened unsealed once.
OF_ROUND = (
    "change",
    "fund",
    "milestone",
    "pledge",
    "project",
    "project_look",
    "project_opinion",
    "project_paper",
    "project_score",
    "proposal",
    "proposal_photo",
    "quotation",
    "transfer",
)
OF_VOTE = ("paper_ballot", "part", "proxy", "roll_objection", "vote")
BORN_SEALED = frozenset(
    {
        "case",
        "report",
        "amendment",
        "listed",
        "opinion",
        "outside_system",
        "pushed",
        "meeting",
        "agenda_item",
        "invitee",
        "attendance",
        "statement",
        "meeting_paper",
        "template",
        *OF_CASE,
        *OF_ROUND,
        *OF_VOTE,
    }
)
# From a row to the number of its case.
NUMBER = {"case": "number", "report": "number", **dict.fromkeys(OF_CASE, "case__number")}


def check_rows(index: Digests, looked: Looked) -> Iterator[Wrong]:
    """Rows that were changed, added or removed without an act."""
    for model in SEALED:
        last = 0
        while rows := list(_columns(model).filter(pk__gt=last).order_by("pk")[:BATCH]):
            last = rows[-1].pk
            looked.rows += len(rows)
            yield from _check(rows, index)
        yield from _gone(model, index)


def _columns(model: type[Kept]) -> "QuerySet[Kept]":
    """Only what is sealed of each row; the whole row where a sealed value is worked out of it."""
    named = {"uid", *model.SEALED, *model.SEALED_LATER, *model.SEALED_SINCE, *model.SEALED_TEXT}
    rows = model._default_manager.all()
    columns = {name for one in model._meta.fields for name in (one.name, one.attname)}
    return rows.only(*named) if named <= columns else rows


def check_cases(index: Digests, looked: Looked) -> Iterator[Wrong]:
    """Each case stands where the last entry about it left it."""
    last = 0
    while cases := list(
        Case.objects.filter(id__gt=last)
        .order_by("id")
        .values("id", "uid", "number", "state", "version")[:BATCH]
    ):
        last = cases[-1]["id"]
        looked.cases += len(cases)
        told = index.told([case["uid"] for case in cases])
        for case in cases:
            said = told.get(case["uid"])
            named = {"number": case["number"], "state": case["state"]}
            if said is None:
                yield Wrong("case_untold", named)
            elif said.after != case["state"]:
                yield Wrong("case_state", {**named, "said": said.after})
            elif said.no != case["version"]:
                yield Wrong("case_version", {**named, "acts": said.no, "has": case["version"]})


def _check(rows: Sequence[Kept], index: Digests) -> Iterator[Wrong]:
    # What each digest may have been made of: as it is sealed now, or before.
    values: dict[tuple[str, str], tuple[Any, ...]] = {}
    for row in rows:
        if row.SEALED:
            before = [sealed_values(row, since=False)] if row.SEALED_SINCE else []
            values[row.uid, ""] = (sealed_values(row), *before)
        for name in row.SEALED_TEXT:
            values[row.uid, name] = (getattr(row, name),)
    kind = rows[0].ROW
    sealed = index.sealed([_name(kind, *key) for key in values])
    for (uid, text), may in values.items():
        code = _judge(kind, text, may, sealed.get(_name(kind, uid, text)))
        if code:
            yield _wrong(code, type(rows[0]), uid, text, sealed.get(_name(kind, uid, text)))


def _judge(kind: str, text: str, may: tuple[Any, ...], sealed: Sealed | None) -> str:
    """What is wrong with one sealed value, that may be any of these; empty where nothing is."""
    value = may[0]
    if sealed is None:
        if text:
            return "text_unsealed" if value else ""
        return "row_unsealed" if kind in BORN_SEALED else ""
    if sealed.salt is None:
        # Erasing takes the text together with its salt; a text without one was put there.
        return "" if text and not value else "seal_missing"
    try:
        same = any(compare_digest(digest(sealed.salt, one), sealed.digest) for one in may)
    except ValueError:
        return "seal_missing"
    return "" if same else ("text_changed" if text else "row_changed")


def _gone(model: type[Kept], index: Digests) -> Iterator[Wrong]:
    """Rows an entry sealed that are no longer there."""
    for batch in index.rows_of(model.ROW):
        there = set(
            model._default_manager.filter(uid__in=[uid for uid, _ in batch]).values_list(
                "uid", flat=True
            )
        )
        for uid, entry in batch:
            if uid not in there:
                yield _wrong("row_missing", model, uid, "", Sealed(entry, "", None))


def _wrong(code: str, model: type[Kept], uid: str, text: str, sealed: Sealed | None) -> Wrong:
    """Names the row: its table and uid, the number of its case, and the last act that wrote it."""
    number = ""
    if model.ROW in NUMBER:
        row = model._default_manager.filter(uid=uid).values_list(NUMBER[model.ROW], flat=True)
        number = row.first() or ""
    entry = None
    if sealed is not None:
        columns = ("seq", "code", "at", "role", "office", "subject_uid")
        entry = Entry.objects.filter(id=sealed.entry).values(*columns).first()
    if entry and not number:
        cases = Case.objects.filter(uid=entry["subject_uid"]).values_list("number", flat=True)
        number = cases.first() or ""
    return Wrong(
        code,
        {
            "table": model._meta.db_table,
            "kind": model.ROW,
            "uid": uid,
            "text": text,
            "number": number,
            "act": entry["code"] if entry else "",
            "at": entry["at"] if entry else None,
            "seq": entry["seq"] if entry else None,
            "by": " ".join(filter(None, (entry["office"], entry["role"]))) if entry else "",
        },
    )


def _name(kind: str, uid: str, text: str) -> str:
    return f"{kind}:{uid}.{text}" if text else f"{kind}:{uid}"
