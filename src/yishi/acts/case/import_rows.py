"""The rows of imported cases: written a batch at a time, sealed and journaled one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yishi.acts.case.import_places import Places, Units
from yishi.acts.door import Ask
from yishi.core.case.imported import Imported
from yishi.core.case.state import CaseState
from yishi.core.columns import ColumnMap
from yishi.core.number import SERIALS, make_number
from yishi.core.permit import Permitted
from yishi.core.refusal import Refusal
from yishi.records.entropy import Entropy, new_uid
from yishi.records.index import index_cases
from yishi.records.journal import Said, Speaker, make_entry
from yishi.records.models import Case, Entry, Hand, Link, Place, Report, Seal, Source
from yishi.records.queries.rule import in_force, today_of
from yishi.tlog.leaf import Rule

LINE = 80
PART = "imported"


@dataclass(frozen=True)
class Row:
    """One row of their table: its line in the file, and its cells under their names."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """A row that was not taken over, and why."""

    line: int
    their_id: str
    refusal: Refusal


@dataclass
class Batch:
    """What became of some rows: taken over, known already, or told about."""

    entered: int = 0
    again: int = 0
    told: list[Told] = field(default_factory=list)


@dataclass
class Good:
    """A row that is new and could be read."""

    line: int
    case: Imported
    digest: str


@dataclass
class Made:
    """How many rows of each kind a batch made."""

    cases: int
    places: int
    bodies: int


class Writer:
    """Writes the rows of one batch with as few statements as a single case would take."""

    def __init__(
        self,
        ask: Ask,
        place: Place,
        source: str,
        columns: ColumnMap,
        units: Mapping[str, str],
        granted: Permitted,
    ) -> None:
        self.ask, self.source, self.columns, self.granted = ask, source, columns, granted
        self.rules = in_force(place, today_of(ask.now)).row
        self.places = Places(place, columns, ask.entropy)
        self.units = Units(place, source, columns, units, ask.entropy)

    def write(self, good: Sequence[Good], batch: Batch) -> Made:
        """Case, report and source of each good row; what finds no place or unit is told about."""
        made: list[tuple[Case, Report, Source]] = []
        numbers = _numbers(good, self.ask.entropy)
        for one in good:
            row = self._row(one, numbers)
            if isinstance(row, Refusal):
                batch.told.append(Told(one.line, one.case.their_id, row))
            else:
                made.append(row)
        Report.objects.bulk_create([report for _, report, _ in made])
        Case.objects.bulk_create([case for case, _, _ in made])
        Source.objects.bulk_create([source for _, _, source in made])
        Link.objects.bulk_create(
            [Link(report=report, case=case, from_at=case.filed_at) for case, report, _ in made]
        )
        self._journal(made)
        index_cases([case.pk for case, _, _ in made], self.ask.now)
        return Made(len(made), self.places.made, self.units.made)

    def _row(self, one: Good, numbers: dict[int, str]) -> tuple[Case, Report, Source] | Refusal:
        theirs, entropy = one.case, self.ask.entropy
        place = self.places.find(theirs.street, theirs.community)
        if isinstance(place, Refusal):
            return place
        body = self.units.find(theirs, self.places)
        if isinstance(body, Refusal):
            return body
        common = {
            "number": numbers[one.line],
            "nature": theirs.nature,
            "channel": theirs.channel,
            "place": place,
            "filed_at": theirs.filed_at,
        }
        case = Case(
            uid=new_uid(entropy),
            state=CaseState.ARCHIVED,
            item=theirs.item,
            item_title=theirs.item_title,
            rules=self.rules,
            lead=body,
            line=theirs.words[:LINE],
            settled_at=theirs.settled_at,
            is_open=False,
            is_imported=True,
            **common,
        )
        report = Report(uid=new_uid(entropy), words=theirs.words, **common)
        within = f"（{theirs.unit_within}）" if theirs.unit_within else ""
        return (
            case,
            report,
            Source(
                source=self.source,
                their_id=theirs.their_id,
                case=case,
                row_sha256=one.digest,
                asserted_on_time=theirs.on_time,
                asserted_unit=f"{theirs.unit}{within}"[:120],
            ),
        )

    def _journal(self, made: Sequence[tuple[Case, Report, Source]]) -> None:
        """One entry a case, sealed like any other."""
        ask, person = self.ask, self.ask.actor.person_id
        rule = Rule(f"{self.rules.kind}/{self.rules.name}", self.rules.version, self.rules.sha256)
        role = str(self.granted.role or "")
        office = self.granted.seat.office if self.granted.seat else ""
        entries: list[Entry] = []
        seals: list[Seal] = []
        hands: list[Hand] = []
        for case, report, source in made:
            alias = role
            if person is not None:
                alias = new_uid(ask.entropy)
                hands.append(Hand(subject_uid=case.uid, person_id=person, part=PART, alias=alias))
            said = Said(
                act="case.import",
                code="case.imported",
                kind="case",
                uid=case.uid,
                no=case.version,
                at=ask.now,
                speaker=Speaker(alias, role, office, person_id=person),
                after=case.state,
                rule=rule,
                params={"source": self.source, "their_id": source.their_id},
                facts={"map": self.columns.sha256},
            )
            entry, own = make_entry(said, (case, report), ask.entropy)
            entries.append(entry)
            seals.extend(own)
        Entry.objects.bulk_create(entries)
        Seal.objects.bulk_create(seals)
        Hand.objects.bulk_create(hands)


def _numbers(good: Sequence[Good], entropy: Entropy) -> dict[int, str]:
    """line → a number nobody has yet; drawn again until it is."""
    found: dict[int, str] = {}
    left = {one.line: today_of(one.case.filed_at) for one in good}
    taken: set[str] = set()
    while left:
        drawn = {line: make_number(day, entropy.below(SERIALS)) for line, day in left.items()}
        taken |= set(
            Case.objects.filter(number__in=drawn.values()).values_list("number", flat=True)
        )
        taken |= set(
            Report.objects.filter(number__in=drawn.values()).values_list("number", flat=True)
        )
        for line, number in drawn.items():
            if number not in taken:
                taken.add(number)
                found[line] = number
                del left[line]
    return found
