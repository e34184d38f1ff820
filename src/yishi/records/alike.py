"""Recent matters in memory, without what identifies anybody, so that each can be compared.

A process reads them once, when somebody first asks, and from then on only what the journal says
has changed since. What is kept is the words with every name, phone and room of the record cut
out; whoever may see a matter is asked of the database, not of this memory.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import RLock
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from yishi.assist.similar import Index, Matter, SimilarTerms, Weights
from yishi.core.case.state import MOVABLE, CaseState
from yishi.core.redaction import Redaction
from yishi.core.search import parts_to_keep
from yishi.core.similar import SimilarRules
from yishi.records.models import Case, Entry, Place, Report
from yishi.records.queries.lately import lately
from yishi.records.queries.rule import RulesMissing, adopted, parsed, today_of

# Bounds of one process's memory, the newest first. Ours: 70 µs a text to cut out what identifies.
OPEN_MOST, RECENT_MOST, RECENT_DAYS = 5_000, 20_000, 98
# Journal entries read again each time: an act that took longer to commit is not passed over.
AGAIN = 500


@dataclass(frozen=True, slots=True)
class Known:
    """A case as it is compared. `matter.key` is its primary key; `area`: the place above its
    community."""

    matter: Matter
    uid: str
    community: int
    area: int


def terms_of(rules: SimilarRules) -> SimilarTerms:
    """The engine's numbers, those of the rule file among them."""
    return SimilarTerms(
        offer=float(rules.offer_likely),
        join=float(rules.group_likely),
        window=rules.burst_window,
        history=rules.burst_history,
        least=rules.burst_least,
        chance=float(rules.burst_chance),
    )


def place_of(community: int, estate: int | None, building: int | None) -> tuple[str, ...]:
    """Nested places as they are compared; which kind each is can be read from its first letter."""
    inner = (f"e{estate}" if estate else "", f"b{building}" if building else "")
    return (f"c{community}", *(name for name in inner if name))


def without_names(text: str, rules: Redaction, known: Iterable[str] = ()) -> str:
    """The text with what identifies cut out, and cut apart there."""
    return "\n".join(parts_to_keep(text, rules, [name for name in known if name]))


@dataclass
class Memory:
    """The matters one process knows: those that take others in, or (`all_states`) all recent."""

    all_states: bool = False
    known: dict[int, Known] = field(default_factory=dict)
    _seen: dict[int, str] | None = None
    _lock: Any = field(default_factory=RLock)
    _indexes: dict[int, Index] = field(default_factory=dict)
    _weights: Weights | None = None
    _learned: int = 0
    _var: str = ""

    def catch_up(self, now: datetime) -> dict[int, Known]:
        """What is known by now. One statement where nothing has changed, three where something
        has; everything is read anew where the journal is another one than before."""
        with self._lock:
            try:
                self._follow(self._changed(), now)
            except BaseException:
                # What was noticed may not have been read: next time everything is.
                self._seen = None
                raise
            return self.known

    def _follow(self, changed: set[str] | None, now: datetime) -> None:
        if changed is None:
            self.known, self._indexes, self._weights = {}, {}, None
            self._read(Q(), now)
        elif changed:
            gone = [pk for pk, row in self.known.items() if row.uid in changed]
            for pk in gone:
                self._forget(self.known.pop(pk))
            self._read(Q(uid__in=changed), now)
            self._bound()

    def index(self, community: int, now: datetime, terms: SimilarTerms) -> Index:
        """The matters of one community, weighed by the words of all."""
        with self._lock:
            rows = self.catch_up(now)
            weights = self.weights()
            if community not in self._indexes:
                here = [row.matter for row in rows.values() if row.community == community]
                self._indexes[community] = Index(here, terms, weights)
            return self._indexes[community]

    def weights(self) -> Weights:
        """What each word is worth among the matters known, learned again once they have doubled."""
        with self._lock:
            if self._weights is None or len(self.known) > 2 * self._learned:
                self._weights = Weights.of([row.matter.text for row in self.known.values()])
                self._learned, self._indexes = len(self.known), {}
            return self._weights

    def _changed(self) -> set[str] | None:
        """The cases entries were written about since; None where nothing before is to be trusted:
        the first time, and where entries are missing that were there (a restored database)."""
        seen, var = self._seen, str(settings.YISHI_VAR)
        newest = max(seen, default=0) if seen else 0
        found = Entry.objects.filter(subject_kind="case")
        if seen is None or var != self._var:
            rows = list(found.order_by("-id").values_list("id", "uid")[:AGAIN])
            self._seen, self._var = dict(rows), var
            return None
        again = list(found.filter(id__gt=newest - AGAIN).values_list("id", "uid", "subject_uid"))
        now = {pk: uid for pk, uid, _ in again}
        if any(now.get(pk) != uid for pk, uid in seen.items() if pk > newest - AGAIN):
            self._seen = None
            return self._changed()
        self._seen = now
        return {subject for pk, _, subject in again if pk not in seen}

    def _forget(self, row: Known) -> None:
        self._indexes.pop(row.community, None)

    def _bound(self) -> None:
        """The oldest go where more came than a process keeps."""
        for pk in sorted(self.known)[: -self._most]:
            self._forget(self.known.pop(pk))

    @property
    def _most(self) -> int:
        return RECENT_MOST if self.all_states else OPEN_MOST

    def _read(self, which: Q, now: datetime) -> None:
        cases = Case.objects.filter(which, filed_at__gt=now - timedelta(days=RECENT_DAYS))
        if self.all_states:
            cases = cases.exclude(state__in=[CaseState.WITHDRAWN])
        else:
            cases = cases.filter(state__in=sorted(MOVABLE))
        for row in _rows(cases, self._most, now, narrow=bool(which)):
            self.known[row.matter.key] = row
            self._forget(row)


_CASE = (
    "pk",
    "uid",
    "number",
    "place_id",
    "place__parent_id",
    "item",
    "building_id",
    "building__estate_id",
    "filed_at",
    "line",
)


def _rows(cases: QuerySet[Case], most: int, now: datetime, *, narrow: bool) -> list[Known]:
    """The cases as they are compared, the newest `most` of them. Two statements."""
    rows = list(cases.order_by("-id").values(*_CASE)[:most])
    if not rows:
        return []
    reports = Report.objects.filter(filed_at__gte=min(row["filed_at"] for row in rows))
    if narrow:
        reports = reports.filter(number__in=[row["number"] for row in rows])
    # A case bears the number of the report it was born with.
    said: dict[str, dict[str, Any]] = {
        row["number"]: dict(row)
        for row in reports.values(
            "number", "words", "spot", "name", "phone", "person__name", "person__phone"
        )
    }
    day = today_of(now)
    hidden = {pk: redaction_at(pk, day) for pk in {row["place_id"] for row in rows}}
    return [_known(row, said.get(row["number"]), hidden[row["place_id"]]) for row in rows]


def _known(row: dict[str, Any], said: dict[str, Any] | None, rules: Redaction | None) -> Known:
    words, spot, names = row["line"], "", []
    if said is not None:
        words, spot = said["words"], said["spot"]
        names = [said[key] or "" for key in ("name", "phone", "person__name", "person__phone")]
    # Without rules for what is hidden nothing is kept: only where and when.
    text = without_names(words, rules, names) if rules else ""
    return Known(
        Matter(
            key=row["pk"],
            text=text,
            at=row["filed_at"],
            place=place_of(row["place_id"], row["building__estate_id"], row["building_id"]),
            spot=without_names(spot, rules, names) if rules else "",
            item=row["item"],
        ),
        row["uid"],
        row["place_id"],
        row["place__parent_id"] or row["place_id"],
    )


def redaction_at(place: int, day: date) -> Redaction | None:
    """What is hidden at a place; None where nobody has adopted rules for it."""

    def read() -> tuple[Redaction | None]:
        try:
            return (parsed(adopted(Place.objects.get(pk=place), day, "redaction")["redaction"]),)
        except RulesMissing:
            return (None,)

    return lately("redaction", (place, day), read)[0]


OPEN = Memory()
RECENT = Memory(all_states=True)
