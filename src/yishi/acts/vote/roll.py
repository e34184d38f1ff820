"""The roll: made and put on view, objected to, put right. Frozen when the vote opens."""

from collections.abc import Callable, Sequence
from datetime import datetime

from yishi.acts.at_place import Written as Said
from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import Written, step_on, too_long
from yishi.acts.vote.act import HeldVote, act_in
from yishi.core.calendar import CalendarMissing, due
from yishi.core.method.language import Stage
from yishi.core.outcome import Event
from yishi.core.person import Role
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Closing, Facts
from yishi.core.topic.now import Advanced
from yishi.core.vote import view as core
from yishi.core.vote.facts import RollOpened
from yishi.core.vote.now import VoteState
from yishi.core.vote.roll import Roll, Row, make_roll
from yishi.records.entropy import new_uid
from yishi.records.models import Building, Entry, Holder, Person, RollObjection, Vote, Voter
from yishi.records.queries.rule import in_force, today_of
from yishi.records.queries.topic import LockedTopic
from yishi.records.queries.vote import rule_kept
from yishi.records.queries.vote_roll import accounts_for, buildings_named, write_roll

OBJECTED = "objected"


def open_roll(ask: Ask, topic_uid: str, file_rows: Sequence[Row] = ()) -> Done | Refusal:
    """The roll of a vote is made from the accounts and a file's rows, and put on view.

    Refuses also with `roll_open`, `roll_empty`, `voted_otherwise`, what competence refuses, and
    `calendar_missing`.
    """
    uid = new_uid(ask.entropy)
    made: list[Roll] = []

    def make(held: LockedTopic, stage: Stage) -> Facts | Refusal:
        if stage.voting is None:
            return Closing()
        place, day = held.topic.place, today_of(ask.now)
        until = None
        if stage.voting.roll is not None:
            calendar = in_force(place, day).terms.calendar
            try:
                until = due(ask.now, stage.voting.roll.span, calendar)
            except CalendarMissing as missing:
                source = stage.voting.roll.source
                return Refusal("calendar_missing", need=missing.year, source=source)
        buildings = buildings_named(place) if file_rows else {}
        accounts = accounts_for(stage, place, day)
        roll = make_roll(stage.voting.unit, accounts, file_rows, buildings)
        made.append(roll)
        return RollOpened(
            vote=uid,
            voters=len(roll.lines),
            area_cm2=sum(line.area_cm2 for line in roll.lines),
            unplaced=roll.unplaced,
            until_at=until,
            attached=held.attached,
        )

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        assert held.stage is not None and held.stage.voting is not None
        assert held.passage is not None
        voting, roll = held.stage.voting, made[-1]
        vote = Vote(
            uid=uid,
            topic=held.topic,
            passage=held.passage,
            place=held.topic.place,
            state=VoteState.ROLL,
            unit=voting.unit,
            is_secret=voting.secret,
            choose=voting.choose,
            ways=list(voting.ways),
            rule=rule_kept(held.stage),
            voters=len(roll.lines),
            area_cm2=sum(line.area_cm2 for line in roll.lines),
            rolled_at=ask.now,
            roll_until_at=_moment(advanced),
        )
        vote.save(force_insert=True)
        write_roll(vote, roll, ask.entropy)
        return Written([vote])

    return step_on(ask, "topic.open_roll", topic_uid, make, also)


def _moment(advanced: Advanced) -> datetime | None:
    until = str(advanced.topic.tally.get("roll_until", ""))
    return datetime.fromisoformat(until) if until else None


def object_roll(ask: Ask, vote_uid: str, kind: str, words: str, name: str = "") -> Done | Refusal:
    """An objection to a roll on view: `missing`, `not_entitled` or `area`; `name`: for whom the
    desk writes it down. Refuses with `not_found`, `not_yours` (a name, from anybody but the
    desk), `roll_closed`, `roll_period_over`, `objection_unknown`, `words_missing`,
    `words_too_long`, `objection_waits`."""

    def do(held: HeldVote) -> Said | Refusal:
        vote = held.vote
        if name and not _is_desk(ask, vote):
            return Refusal("not_yours", need="vote.object_roll")
        open_ones = vote.objections.filter(kind=kind, ruled_at=None)
        if name:  # the names the desk wrote down are enciphered
            waiting = [one.name for one in open_ones.filter(person=None)].count(name)
        else:
            waiting = open_ones.filter(person_id=ask.actor.person_id or 0).count()
        until = vote.roll_until_at
        event = core.object_roll(held.state, until, kind, words, ask.now, waiting)
        if isinstance(event, Refusal):
            return event
        long = too_long(vote.place, ask.now, words)
        if long:
            return long
        row = RollObjection(
            uid=new_uid(ask.entropy),
            vote=vote,
            kind=kind,
            person_id=None if name else ask.actor.person_id,
            name=name,
            words=words,
            at=ask.now,
        )
        row.save(force_insert=True)
        return Said(event, (row,))

    return act_in(ask, "vote.object_roll", vote_uid, do, "acted" if name else OBJECTED)


def _is_desk(ask: Ask, vote: Vote) -> bool:
    seats = ask.actor.seats_as(Role.COMMUNITY_DESK)
    return any(seat.place_id in vote.place.ids for seat in seats)


def rule_roll(ask: Ask, objection_uid: str, words: str, *, upheld: bool) -> Done | Refusal:
    """An objection is upheld or not, by the body that leads, never by who objected; the roll is
    put right by an act of its own. Refuses with `not_found`, `objection_ruled`, `words_missing`,
    `words_too_long`, `not_independent`."""
    found = RollObjection.objects.filter(uid=objection_uid).values_list("vote__uid", flat=True)
    vote_uid = found.first()
    if vote_uid is None:
        return Refusal("not_found", have="objection")

    def do(held: HeldVote) -> Said | Refusal:
        row = RollObjection.objects.get(uid=objection_uid)
        event = core.rule_roll(held.state, row.ruled_at is not None, words, upheld=upheld)
        if isinstance(event, Refusal):
            return event
        long = too_long(held.vote.place, ask.now, words)
        if long:
            return long
        row.answer, row.is_upheld = words, upheld
        row.ruled_by_id, row.ruled_at = ask.actor.person_id, ask.now
        row.save()
        return Said(event, (row,))

    return act_in(ask, "vote.rule_roll", vote_uid, do)


def add_voter(
    ask: Ask,
    vote_uid: str,
    name: str,
    label: str = "",
    building_uid: str = "",
    area_cm2: int = 0,
    person_uids: Sequence[str] = (),
) -> Done | Refusal:
    """A line is added to a roll on view; after its time only for somebody whose objection was
    upheld, as with every change of it. Refuses with `not_found`, `roll_closed`,
    `voter_name_missing`, `area_wrong` (an owner has one), `voter_twice` (an account of it stands
    on the roll already), `roll_settled`."""

    def do(held: HeldVote) -> Said | Refusal:
        vote = held.vote
        people = list(Person.objects.filter(uid__in=person_uids).order_by("id"))
        twice = Holder.objects.filter(vote=vote, person__in=people).count()
        event = core.add_voter(held.voting.unit, held.state, name, area_cm2, twice)
        if isinstance(event, Refusal):
            return event
        if len(people) != len(set(person_uids)):
            return Refusal("not_found", have="person")
        settled = _settled(ask, vote, "vote.voter_added")
        if settled:
            return settled
        last = Voter.objects.filter(vote=vote).order_by("-no").values_list("no", flat=True).first()
        row = Voter(
            uid=new_uid(ask.entropy),
            vote=vote,
            no=(last or 0) + 1,
            name=name,
            label=label,
            building=Building.objects.filter(uid=building_uid).first() if building_uid else None,
            area_cm2=area_cm2,
        )
        row.save(force_insert=True)
        Holder.objects.bulk_create([Holder(vote=vote, voter=row, person=one) for one in people])
        return _numbered(event, row)

    return act_in(ask, "vote.add_voter", vote_uid, do)


def strike_voter(ask: Ask, voter_uid: str, why: str) -> Done | Refusal:
    """A line is struck off a roll on view, and its accounts are free to stand on another. Refuses
    with `not_found`, `roll_closed`, `voter_struck`, `why_missing`, `roll_settled`."""

    def do(held: HeldVote, row: Voter) -> Said | Refusal:
        event = core.strike_voter(held.state, why, struck=row.is_struck)
        settled = _settled(ask, held.vote, "vote.voter_struck")
        if isinstance(event, Refusal):
            return event
        if settled:
            return settled
        row.is_struck = True
        row.save(update_fields=["is_struck"])
        Holder.objects.filter(voter=row).delete()
        held.vote.proxies.filter(ended_at=None, giver=row).update(ended_at=ask.now)
        held.vote.proxies.filter(ended_at=None, holder=row).update(ended_at=ask.now)
        return _numbered(event, row)

    return _on_line(ask, "vote.strike_voter", voter_uid, do)


def correct_voter(ask: Ask, voter_uid: str, area_cm2: int, why: str) -> Done | Refusal:
    """The area of a line is put right. Refuses with `not_found`, `roll_closed`, `voter_struck`,
    `area_wrong`, `why_missing`, `roll_settled`."""

    def do(held: HeldVote, row: Voter) -> Said | Refusal:
        unit = held.voting.unit
        event = core.correct_voter(unit, held.state, area_cm2, why, struck=row.is_struck)
        settled = _settled(ask, held.vote, "vote.voter_corrected")
        if isinstance(event, Refusal):
            return event
        if settled:
            return settled
        row.area_cm2 = area_cm2
        row.save(update_fields=["area_cm2"])
        return _numbered(event, row)

    return _on_line(ask, "vote.correct_voter", voter_uid, do)


def _settled(ask: Ask, vote: Vote, code: str) -> Refusal | None:
    """Why no line is changed so any more."""
    if vote.roll_until_at is None or ask.now < vote.roll_until_at:
        return None
    upheld = vote.objections.filter(kind=core.ANSWERS[code], is_upheld=True).count()
    changes = Entry.objects.filter(subject_uid=vote.uid, code=code, at__gte=vote.roll_until_at)
    return core.may_change(vote.roll_until_at, ask.now, upheld, changes.count())


def _on_line(
    ask: Ask, act: str, voter_uid: str, do: Callable[[HeldVote, Voter], Said | Refusal]
) -> Done | Refusal:
    vote_uid = Voter.objects.filter(uid=voter_uid).values_list("vote__uid", flat=True).first()
    if vote_uid is None:
        return Refusal("not_found", have="voter")

    def held(vote: HeldVote) -> Said | Refusal:
        return do(vote, Voter.objects.get(uid=voter_uid))

    return act_in(ask, act, vote_uid, held)


def _numbered(event: Event, row: Voter) -> Said:
    """Which line of the roll, by its number: names stay off the log."""
    return Said(Event(event.code, {**event.params, "no": row.no}, {**event.facts, "no": row.no}))
