"""A wish is put forward: by a resident, at the desk for somebody, for a body; from a case or from a
meeting. While the call runs its author may say it otherwise, and take it back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.acts.round.act import act_on, names_of, to_author, too_personal, wrote
from yishi.acts.topic.act import too_long
from yishi.core.number import SERIALS, make_number
from yishi.core.person import Actor, Role
from yishi.core.refusal import Refusal
from yishi.core.round import proposing as core
from yishi.core.round.now import CameBy, ProposalState
from yishi.records.entropy import new_uid
from yishi.records.files import NewFile, keep_file
from yishi.records.models import (
    Body,
    Building,
    Case,
    Meeting,
    Person,
    Place,
    Proposal,
    ProposalPhoto,
)
from yishi.records.queries.permit import visible
from yishi.records.queries.project_works import near
from yishi.records.queries.proposal import HeldProposal
from yishi.records.queries.round import HeldRound, lock_round, own_count, round_of, subject_of
from yishi.records.queries.rule import in_force, today_of


@dataclass(frozen=True)
class Proposed:
    """What a form about a wish carries. `building`, `body`, `case`, `meeting` are uids, "" for
    none; `photos` are in the store already; `name`: for whom the desk writes it down;
    `shows_name`: whoever wishes it for themselves would have their name read."""

    title: str
    words: str
    kind: str
    listed: str = ""
    building: str = ""
    spot: str = ""
    photos: Sequence[NewFile] = ()
    name: str = ""
    body: str = ""
    case: str = ""
    meeting: str = ""
    shows_name: bool = False

    @property
    def wish(self) -> core.Wish:
        """As core decides about it."""
        return core.Wish(self.title, self.words, self.kind, self.listed, self.spot)


@dataclass
class _From:
    """What a wish rests on, found and reached by whoever puts it forward."""

    building: Building | None = None
    body: Body | None = None
    case: Case | None = None
    meeting: Meeting | None = None

    @property
    def came_by(self) -> CameBy:
        if self.case is not None:
            return CameBy.CASE
        if self.meeting is not None:
            return CameBy.MEETING
        return CameBy.UNIT if self.body is not None else CameBy.RESIDENT


def file(ask: Ask, topic_uid: str, proposed: Proposed) -> Done | Refusal:
    """A wish is put forward; whoever did is told its number.

    Refuses as `core.round.proposing.file`, and with `not_found`, `not_yours`, `place_unknown`,
    `words_personal`, `words_too_long`, `too_many_photos`.
    """
    found = round_of(topic_uid)
    if found is None:
        return Refusal("not_found", have="round")
    place, uid = found.topic.place, new_uid(ask.entropy)
    own = _is_own(ask, proposed)

    def do() -> Written | Refusal:
        held = lock_round(topic_uid)
        assert held is not None
        rests_on = _rests_on(ask, held, proposed)
        if isinstance(rests_on, Refusal):
            return rests_on
        person = ask.actor.person_id if own else None
        before = own_count(held, person) if person is not None else 0
        decided = core.file(held.terms, held.call, proposed.wish, rests_on.came_by, before, ask.now)
        if isinstance(decided, Refusal):
            return decided
        names = Person.objects.filter(pk=person or 0).values_list("name", flat=True)
        wrong = _unfit(ask, place, proposed, [proposed.name, *names])
        if wrong:
            return wrong
        row = _new(ask, uid, held, proposed, rests_on, person)
        photos = [_photo(ask, row, new) for new in proposed.photos]
        told = to_author(row, "proposal.filed")
        return Written(decided, [row, *photos], row.state, row.number, told)

    about = subject_of(found)
    if proposed.body:
        # Who speaks for a body reaches the round as that body.
        pk = Body.objects.filter(uid=proposed.body).values_list("pk", flat=True).first()
        about = type(about)(about.state, about.path, None, frozenset({pk} if pk else ()))
    part = "raised" if own or proposed.body else "filed"
    return act_at(ask, "proposal.file", place, "proposal", uid, do, part=part, about=about)


def change(ask: Ask, uid: str, proposed: Proposed) -> Done | Refusal:
    """Its author says it otherwise while the call runs; its photos stay. Refuses as
    `core.round.proposing.change`, and with `not_found`, `not_yours`, `place_unknown`,
    `words_personal`, `words_too_long`."""

    def do(held: HeldProposal) -> Written | Refusal:
        foreign = _foreign(ask, held.proposal)
        if foreign:
            return foreign
        building = _building(held.round.topic.place, proposed.building)
        if isinstance(building, Refusal):
            return building
        call = held.round.call
        decided = core.change(held.round.terms, call, held.state, proposed.wish, ask.now)
        if isinstance(decided, Refusal):
            return decided
        wrong = _unfit(ask, held.round.topic.place, proposed, names_of(held.proposal))
        return wrong or wrote(held, decided, _said(proposed, building))

    return act_on(ask, "proposal.change", uid, do)


def withdraw(ask: Ask, uid: str) -> Done | Refusal:
    """Its author takes it back while it waits. Refuses as `core.round.proposing.withdraw`, and with
    `not_found`, `not_yours`."""

    def do(held: HeldProposal) -> Written | Refusal:
        decided = _foreign(ask, held.proposal) or core.withdraw(held.state)
        if isinstance(decided, Refusal):
            return decided
        return wrote(held, decided, {"state": ProposalState.WITHDRAWN, "decided_at": ask.now})

    return act_on(ask, "proposal.withdraw", uid, do)


def _new(
    ask: Ask, uid: str, held: HeldRound, proposed: Proposed, rests_on: _From, person: int | None
) -> Proposal:
    row = Proposal(
        uid=uid,
        number=make_number(today_of(ask.now), ask.entropy.below(SERIALS)),
        topic=held.topic,
        place=held.topic.place,
        came_by=rests_on.came_by,
        meeting=rests_on.meeting,
        case=rests_on.case,
        body=rests_on.body,
        person_id=person,
        name=proposed.name.strip(),
        shows_name=proposed.shows_name and person is not None,
        filed_by_id=None if person is not None else ask.actor.person_id,
        at=ask.now,
        state=ProposalState.FILED,
        **_said(proposed, rests_on.building),
    )
    row.save(force_insert=True)
    return row


def _said(proposed: Proposed, building: Building | None) -> dict[str, object]:
    return {
        "title": proposed.title.strip(),
        "words": proposed.words.strip(),
        "kind": proposed.kind,
        "listed": proposed.listed,
        "building": building,
        "spot": proposed.spot.strip(),
    }


def _photo(ask: Ask, row: Proposal, new: NewFile) -> ProposalPhoto:
    photo = ProposalPhoto(
        uid=new_uid(ask.entropy), proposal=row, file=keep_file(new, ask.now), added_at=ask.now
    )
    photo.save(force_insert=True)
    return photo


def _unfit(ask: Ask, place: Place, proposed: Proposed, names: Sequence[str]) -> Refusal | None:
    """A title is public and names nobody, words have the adopted length, photos the adopted
    number."""
    rules = in_force(place, today_of(ask.now)).terms.rules
    if len(proposed.photos) > rules.photos_max:
        have = len(proposed.photos)
        return Refusal("too_many_photos", rules.photos_max, have, "photos", rules.id)
    if len(proposed.name) > core.TITLE_MAX:
        return Refusal("words_too_long", core.TITLE_MAX, len(proposed.name), "characters")
    personal = too_personal(place, ask.now, {"title": proposed.title}, names)
    return personal or too_long(place, ask.now, proposed.words)


def _rests_on(ask: Ask, held: HeldRound, proposed: Proposed) -> _From | Refusal:
    """Whom it is for, and what it came from. A name is the desk's to write, a body's its own."""
    place, found = held.topic.place, _From()
    if proposed.name.strip() and not _at_desk(ask, place):
        return Refusal("not_yours", need="proposal.file", source="permit")
    building = _building(place, proposed.building)
    if isinstance(building, Refusal):
        return building
    found.building = building
    if proposed.body:
        found.body = Body.objects.filter(near(place), uid=proposed.body).first()
        if found.body is None or found.body.pk not in _speaks_for(ask.actor):
            return Refusal("not_yours", need="proposal.file", source="permit")
    if proposed.case:
        rows = Case.objects.filter(_own_or_seen(ask), uid=proposed.case)
        found.case = rows.filter(place__line__startswith=place.line).first()
        if found.case is None:
            return Refusal("not_found", have="case")
    if proposed.meeting:
        found.meeting = Meeting.objects.filter(uid=proposed.meeting, place=place).first()
        if found.meeting is None or not (_at_desk(ask, place) or proposed.body):
            return Refusal("not_found", have="meeting")
    return found


def _is_own(ask: Ask, proposed: Proposed) -> bool:
    """A resident's own wish. What a meeting asked for, or staff made of a matter others raised, is
    nobody's alone."""
    if proposed.name.strip() or proposed.body or proposed.meeting:
        return False
    raised = visible(ask.actor, "report.view")
    return not proposed.case or Case.objects.filter(raised, uid=proposed.case).exists()


def _own_or_seen(ask: Ask) -> Q:
    """A matter one raised oneself, or may see in one's post."""
    return visible(ask.actor, "report.view") | visible(ask.actor, "case.view")


def _at_desk(ask: Ask, place: Place) -> bool:
    return any(seat.place_id in place.ids for seat in ask.actor.seats_as(Role.COMMUNITY_DESK))


def _speaks_for(actor: Actor) -> set[int | None]:
    return {s.body_id for s in actor.seats if s.role in (Role.CONVENER, Role.UNIT_HANDLER)}


def _building(place: Place, uid: str) -> Building | Refusal | None:
    if not uid:
        return None
    found = Building.objects.filter(uid=uid, community=place).first()
    return found or Refusal("place_unknown", have=uid)


def is_of(actor: Actor, row: Proposal) -> bool:
    """Whether a wish is the actor's to say otherwise and to take back: whoever put it forward, who
    speaks for the body it is of, and the desk what it wrote down for somebody or for a meeting."""
    if actor.person_id is not None and actor.person_id in (row.person_id, row.filed_by_id):
        return True
    if row.body_id is not None:
        return row.body_id in _speaks_for(actor)
    return row.person_id is None


def _foreign(ask: Ask, row: Proposal) -> Refusal | None:
    if is_of(ask.actor, row):
        return None
    return Refusal("not_yours", need="proposal.withdraw", source="permit")
