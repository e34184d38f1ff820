"""Cases handled before we came, taken over from somebody else's table.

Good rows enter, bad ones are reported. A row is known by its source and their id: the same row
again is left alone, a changed one is reported and changes nothing. Nothing is timed by our
clocks. Source: architecture, decision 19.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import cast

from django.db.models import Max

from yishi.acts.apply import speak
from yishi.acts.at_place import HeldThing
from yishi.acts.case.import_rows import PART, Batch, Good, Row, Told, Writer
from yishi.acts.door import Ask, Done, Step, enter
from yishi.core.case.imported import read_case, row_digest
from yishi.core.columns import ColumnMap
from yishi.core.permit import Permitted, Subject
from yishi.core.refusal import Refusal
from yishi.records.journal import Said, write_entry
from yishi.records.models import Entry, Hand, Place, Source
from yishi.records.queries.rule import zone

BATCH = 500  # rows taken over at a time
NOTHING_NEW = "nothing_new"


def take_over(
    ask: Ask,
    place: Place,
    source: str,
    columns: ColumnMap,
    rows: Sequence[Row],
    units: Mapping[str, str],
) -> Batch | Refusal:
    """Takes over some rows (a few hundred) below `place`, in one transaction.

    `units`: their number of a unit → its name (:func:`core.case.imported.name_units`). Rows
    told about: those of `read_case`, `row_changed`, `place_unknown`, `unit_unknown`. Refuses
    with `not_yours` and what the door refuses.
    """
    batch = Batch()
    subject = f"import-{hashlib.sha256(source.encode()).hexdigest()[:12]}"

    def decide(held: HeldThing) -> list[Good] | Refusal:
        # The door may try again: begin from nothing each time.
        batch.entered, batch.again, batch.told = 0, 0, []
        return _sift(ask, source, columns, rows, batch) or Refusal(NOTHING_NEW)

    def write(held: HeldThing, found: object, granted: Permitted) -> Done:
        good = cast(list[Good], found)
        made = Writer(ask, place, source, columns, units, granted).write(good, batch)
        batch.entered = made.cases
        facts: dict[str, int | str] = {
            "map": columns.sha256,
            "cases": made.cases,
            "again": batch.again,
            "told": len(batch.told),
            "places": made.places,
            "bodies": made.bodies,
        }
        last = Entry.objects.filter(subject_uid=subject).aggregate(no=Max("subject_no"))["no"] or 0
        hands = list(Hand.objects.filter(subject_uid=subject).values("person_id", "part", "alias"))
        speaker = speak(
            ask,
            subject,
            granted,
            PART,
            {hand["person_id"]: hand["alias"] for hand in hands},
            frozenset((hand["person_id"], hand["part"]) for hand in hands),
        )
        said = Said(
            act="case.import",
            code="case.batch_imported",
            kind="import",
            uid=subject,
            no=last + 1,
            at=ask.now,
            speaker=speaker,
            params={"source": source, "place": place.name, **facts},
            facts=facts,
        )
        write_entry(said, (), ask.entropy)
        return Done(subject, version=last + 1, code=said.code)

    def lock() -> HeldThing:
        return HeldThing("import", subject, Subject(path=place.ids))

    done = enter(ask, Step("case.import", lock, decide, write))
    return done if isinstance(done, Refusal) and done.code != NOTHING_NEW else batch


def _sift(
    ask: Ask, source: str, columns: ColumnMap, rows: Sequence[Row], batch: Batch
) -> list[Good]:
    """The rows that are new and readable; the others are counted or told about."""
    read = []
    for row in rows:
        case = read_case(row.cells, columns, zone(), ask.now)
        if isinstance(case, Refusal):
            their = (row.cells.get(columns.columns.get("source_id", "")) or "").strip()
            batch.told.append(Told(row.line, their, case))
        else:
            read.append(Good(row.line, case, row_digest(row.cells, columns)))
    ids = [one.case.their_id for one in read]
    known = dict(
        Source.objects.filter(source=source, their_id__in=ids).values_list("their_id", "row_sha256")
    )
    good = []
    for one in read:
        kept = known.setdefault(one.case.their_id, "")
        if not kept:
            known[one.case.their_id] = one.digest
            good.append(one)
        elif kept == one.digest:
            batch.again += 1
        else:
            changed = Refusal("row_changed", kept[:12], one.digest[:12], source=source)
            batch.told.append(Told(one.line, one.case.their_id, changed))
    return good
