"""Methods being written: whose they are, what is wrong with each, who has said what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yishi.core.method.adoption import fit, may_lack
from yishi.core.method.check import check
from yishi.core.method.compare import Difference, compare
from yishi.core.method.drafting import Draft, DraftState
from yishi.core.method.drafting import Part as WordPart
from yishi.core.method.fault import Fault
from yishi.core.method.floors import Floors
from yishi.core.method.grants import MADE
from yishi.core.method.keeping import keeps
from yishi.core.method.language import Method
from yishi.core.permit import Scope, Subject, reach
from yishi.core.person import Actor
from yishi.core.place import BodyKind, PlaceKind
from yishi.records.models import (
    Body,
    BundleRow,
    Entry,
    Hand,
    MethodDraft,
    MethodWord,
    Place,
)
from yishi.records.queries.method_fit import filled_at
from yishi.records.queries.paging import plain
from yishi.records.queries.place import seats_for
from yishi.records.queries.rule import SEVERAL, floors_at, parsed
from yishi.rulebook import draft as rulefile
from yishi.rulebook.problem import RuleFileError

COMMITTEES = (BodyKind.PARTY_COMMITTEE, BodyKind.RESIDENTS_COMMITTEE)
ROW = ("uid", "name", "state", "round", "changed_at", "place__name", "base__name")
OFFERED = 300
# What tells a copy from its base even where it says the same.
HEAD = frozenset({"name", "source", "layer", "based_on"})


@dataclass(frozen=True)
class Assessed:
    """A draft as it is written now, judged. `method` is None while something is not filled in;
    then `wrong` says what, and `sketch` is what there is, for drawing alone."""

    wrong: tuple[RuleFileError, ...] = ()
    method: Method | None = None
    sketch: Method | None = None
    faults: tuple[Fault, ...] = ()
    lacking: tuple[Fault, ...] = ()
    base: Method | None = None
    differences: tuple[Difference, ...] = ()
    floors: tuple[Floors, ...] = ()

    @property
    def same(self) -> bool:
        """Whether it says what its base says, but for its name."""
        fields = [one.name for each in self.differences for one in each.fields]
        parts = [each for each in self.differences if not each.fields]
        return self.base is not None and not parts and HEAD.issuperset(fields)


def assess(row: MethodDraft, day: date) -> Assessed:
    """What is wrong with a draft at its place on `day`, and how it differs from its base. Five
    statements at most."""
    floors = floors_at(row.place, day)
    base = parsed(row.base) if row.base else None
    data = row.data["file"]
    wrong = rulefile.problems(data)
    if wrong:
        return Assessed(wrong, sketch=rulefile.sketch(data), base=base, floors=floors)
    try:
        method = rulefile.method(data)
    except RuleFileError as error:
        return Assessed((error,), sketch=rulefile.sketch(data), base=base, floors=floors)
    seats = filled_at(row.place, day)
    return Assessed(
        method=method,
        sketch=method,
        faults=(*check(method), *keeps(method, floors), *fit(method, seats)),
        lacking=may_lack(method, seats),
        base=base,
        differences=compare(base, method) if base else (),
        floors=floors,
    )


def draft_of(row: MethodDraft, said: Mapping[WordPart, bool], sent: str) -> Draft:
    """A draft as core decides on it."""
    return Draft(
        row.name,
        DraftState(row.state),
        row.round,
        rulefile.digest(row.data["file"], row.data["texts"]),
        sent,
        dict(said),
    )


def said_on(row: MethodDraft) -> dict[WordPart, bool]:
    """The words of this round. One statement."""
    rows = MethodWord.objects.filter(draft=row, round=row.round)
    return {WordPart(part): yes for part, yes in rows.values_list("part", "is_yes")}


def sent_digest(row: MethodDraft) -> str:
    """The digest of what was sent last, as the journal has it. One statement."""
    entries = Entry.objects.filter(subject_uid=row.uid, code="method.sent").order_by("-subject_no")
    params = entries.values_list("params", flat=True).first() or {}
    return str(params.get("sha256", ""))


def committees_of(place_id: int) -> dict[BodyKind, frozenset[int]]:
    """Both committees of a place: kind → ids of the bodies. One statement."""
    found: dict[BodyKind, frozenset[int]] = {kind: frozenset() for kind in COMMITTEES}
    rows = Body.objects.filter(place_id=place_id, kind__in=COMMITTEES)
    for kind, pk in rows.values_list("kind", "pk"):
        found[BodyKind(kind)] |= {pk}
    return found


def subject_at(place: Place, committees: Mapping[BodyKind, frozenset[int]]) -> Subject:
    """What permission needs to know of a place whose method is written."""
    return Subject(path=place.ids, units=frozenset().union(*committees.values()))


def word_subject(
    place: Place, committees: Mapping[BodyKind, frozenset[int]], part: WordPart
) -> Subject:
    """The same of one of the four words: the residents' committee's is its convener's alone."""
    if part is WordPart.RESIDENTS_COMMITTEE:
        return Subject(units=committees[BodyKind.RESIDENTS_COMMITTEE])
    return Subject(path=place.ids)


def made_by(row: MethodDraft) -> frozenset[int]:
    """Ids of those who copied or changed it. One statement."""
    rows = Hand.objects.filter(subject_uid=row.uid, part=MADE)
    return frozenset(rows.values_list("person_id", flat=True))


def drafts(actor: Actor, state: str = "") -> "QuerySet[MethodDraft, Any]":
    """The drafts the actor may read, changed last first; `state` "" for every."""
    rows = _visible(actor)
    if state in set(DraftState):
        rows = rows.filter(state=state)
    return rows.order_by("-changed_at", "-id").values(*ROW)


def draft_for(actor: Actor, uid: str) -> MethodDraft | None:
    """One draft, or None where there is none or it is not theirs."""
    rows = _visible(actor).select_related("place", "base", "published", "made_by")
    return rows.filter(uid=uid).first()


def words_on(row: MethodDraft) -> list[MethodWord]:
    """Every word said on it, of all rounds, the first said first. One statement."""
    return list(MethodWord.objects.filter(draft=row).select_related("by").order_by("at", "id"))


def entries_of(row: MethodDraft, most: int) -> list[Entry]:
    """What was done with it, newest first. One statement."""
    entries = Entry.objects.filter(subject_uid=row.uid).select_related("person")
    return list(entries.order_by("-subject_no")[:most])


def waiting(actor: Actor, part: WordPart) -> "QuerySet[MethodDraft, Any]":
    """Drafts that wait for this word and on which the actor may say it."""
    act = {WordPart.LEGAL: "method.review", WordPart.FILING: "method.file"}.get(
        part, "method.approve"
    )
    within = Q(pk__in=())
    for grant, seat in reach(actor, act):
        if seat is None:
            continue
        if part is WordPart.RESIDENTS_COMMITTEE:
            if grant.scope is Scope.UNIT:
                within |= _of_body(seat.body_id, (BodyKind.RESIDENTS_COMMITTEE,))
        elif grant.scope is Scope.PLACE:
            within |= Q(place__line__startswith=seat.line)
    said = MethodWord.objects.filter(draft=OuterRef("pk"), round=OuterRef("round"), part=part)
    wrote = Hand.objects.filter(person_id=actor.person_id or 0, part=MADE)
    rows = MethodDraft.objects.filter(within, ~Exists(said), state=DraftState.SENT)
    return rows.exclude(uid__in=wrote.values("subject_uid"))


def sent_back(actor: Actor) -> "QuerySet[MethodDraft, Any]":
    """Drafts of the actor's places that one of the four sent back to be changed."""
    return _visible(actor).filter(state=DraftState.DRAFTING, round__gt=0)


def to_publish(actor: Actor) -> "QuerySet[MethodDraft, Any]":
    """Drafts all four agreed to, for the actor to publish."""
    within = Q(pk__in=())
    for line in seats_for(actor, "method.publish"):
        within |= Q(place__line__startswith=line)
    agreed = MethodWord.objects.filter(draft=OuterRef("pk"), round=OuterRef("round"), is_yes=True)
    all_four = Q(state=DraftState.SENT)
    for part in WordPart:
        all_four &= Q(Exists(agreed.filter(part=part)))
    return MethodDraft.objects.filter(within, all_four)


def places_for_method(actor: Actor, act: str) -> list[dict[str, Any]]:
    """Communities in which the actor may do `act` with methods: {uid, code, name, line, id}.
    One statement."""
    within = Q(pk__in=())
    for grant, seat in reach(actor, act):
        if seat is None:
            continue
        if grant.scope is Scope.PLACE:
            within |= Q(line__startswith=seat.line)
        elif grant.scope is Scope.UNIT:
            committee = Body.objects.filter(pk=seat.body_id or 0, kind__in=COMMITTEES)
            within |= Q(pk__in=committee.values("place_id"))
    rows = Place.objects.filter(within, kind=PlaceKind.COMMUNITY).order_by("line")
    return plain(rows.values("id", "uid", "code", "name", "line")[:OFFERED])


def kept_methods() -> list[BundleRow]:
    """The last version of every method kept, by name. One statement."""
    latest: dict[str, BundleRow] = {}
    for row in BundleRow.objects.filter(kind=SEVERAL).order_by("id"):
        latest[row.name] = row
    return [latest[name] for name in sorted(latest)]


def _visible(actor: Actor) -> "QuerySet[MethodDraft]":
    within = Q(pk__in=())
    for grant, seat in reach(actor, "method.list_drafts"):
        if seat is None:
            continue
        if grant.scope is Scope.PLACE:
            within |= Q(place__line__startswith=seat.line)
        elif grant.scope is Scope.UNIT:
            within |= _of_body(seat.body_id, COMMITTEES)
    return MethodDraft.objects.filter(within)


def _of_body(body_id: int | None, kinds: tuple[BodyKind, ...]) -> Q:
    """Drafts of the place this body is of, where it is of one of these kinds."""
    bodies = Body.objects.filter(pk=body_id or 0, kind__in=kinds)
    return Q(place_id__in=bodies.values("place_id"))
