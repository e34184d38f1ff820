"""Acts whose subject is not a case: places, people, appointments, rules. The same door."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import connection
from django.db.models import Max

from yishi.acts.apply import speak
from yishi.acts.door import Ask, Done, Step, enter
from yishi.acts.vote.telling import tell_roll
from yishi.core.outcome import Event, Notice, RollNotice
from yishi.core.permit import Permitted, Subject
from yishi.core.refusal import Refusal
from yishi.records.journal import Said, write_entry
from yishi.records.models import Entry, Hand, Message, Place
from yishi.records.models.base import Kept
from yishi.records.prepared import insert_all
from yishi.records.queries.rule import in_force, today_of

# A leaf holds at most 65,535 bytes, a digest with its name about 110: a long list is said in
# several entries of the same act.
SEALED_MAX = 400
# Rows of one statement: a database takes so many values at once and no more.
INSERT_MAX = 400

# Acts that draw a new uid each time they are asked: their key has no subject to belong to.
MAKES = frozenset(
    {
        "account.join",
        "appointment.give",
        "exclusion.ask",
        "instant.draft",
        "listed.open",
        "meeting.call",
        "meeting.call_again",
        "method.copy",
        "opinion.write",
        "outside.add_system",
        "oversight.inspect",
        "oversight.sample",
        "proposal.file",
        "topic.raise",
        "topic.raise_cases",
    }
)


@dataclass
class HeldThing:
    """A thing that belongs to a place, as the door holds it."""

    kind: str
    uid: str
    subject: Subject
    version: int | None = None
    aliases: dict[int, str] = field(default_factory=dict)
    parts: frozenset[tuple[int, str]] = frozenset()


@dataclass
class Beside:
    """What an act did to another thing at the same time: said under its own uid."""

    act: str
    kind: str
    uid: str
    event: Event
    rows: Sequence[Kept] = ()


@dataclass
class Written:
    """What an act wrote: the rows to seal, what the journal says of it, a number to quote, people
    and a roll to tell, and what it did to another thing."""

    event: Event
    rows: Iterable[Kept] = field(default_factory=tuple)
    state: str = ""
    number: str = ""
    notices: Sequence[Notice] = ()
    beside: Sequence[Beside] = ()
    roll: RollNotice | None = None


def act_at(
    ask: Ask,
    act: str,
    place: Place | None,
    kind: str,
    uid: str,
    do: Callable[[], Written | Refusal],
    *,
    part: str = "acted",
    about: Subject | None = None,
) -> Done | Refusal:
    """Does `do` inside the door: permitted at `place`, journaled under `kind` and `uid`.

    `place` None is the whole installation: only the operator at the machine may. `part`: what the
    actor counts as having done to it from now on; `about`: what permission needs to know besides
    the place and the parts people had in it.
    """
    known = about or Subject()

    def hold() -> HeldThing:
        hands = list(Hand.objects.filter(subject_uid=uid).values("person_id", "part", "alias"))
        parties: dict[str, frozenset[int]] = dict(known.parties)
        for hand in hands:
            parties[hand["part"]] = parties.get(hand["part"], frozenset()) | {hand["person_id"]}
        return HeldThing(
            kind,
            uid,
            replace(known, path=place.ids if place else frozenset(), parties=parties),
            aliases={hand["person_id"]: hand["alias"] for hand in hands},
            parts=frozenset((hand["person_id"], hand["part"]) for hand in hands),
        )

    def write(held: HeldThing, written: Written, granted: Permitted) -> Done:
        speaker = speak(ask, uid, granted, part, held.aliases, held.parts)
        no = _last_no(uid)
        rows = list(written.rows)
        for start in range(0, max(len(rows), 1), SEALED_MAX):
            no += 1
            said = Said(
                act=act,
                code=written.event.code,
                kind=kind,
                uid=uid,
                no=no,
                at=ask.now,
                speaker=speaker,
                after=written.state or None,
                params=written.event.params,
                facts=written.event.facts,
            )
            entry = write_entry(said, rows[start : start + SEALED_MAX], ask.entropy)
        tell(entry, written.notices, ask.now)
        tell_roll(entry, written.roll)
        for other in written.beside:
            _say_beside(ask, other, granted)
        return Done(uid, written.number, no, written.event.code)

    asked = "" if act in MAKES else uid
    return enter(ask, Step(act, hold, lambda _: do(), write, asked))


def tell(entry: Entry, notices: Sequence[Notice], now: datetime) -> None:
    """The messages of an act, in its transaction; nobody is told twice of one act."""
    once = {(one.to, one.about): one for one in notices}
    messages = [
        Message(
            entry=entry,
            recipient_id=one.to,
            channel="in_app",
            template=one.template,
            about=one.about,
            params=dict(one.params),
            not_before=one.not_before or now,
        )
        for one in once.values()
    ]
    for start in range(0, len(messages), INSERT_MAX):
        insert_all(messages[start : start + INSERT_MAX])


def _say_beside(ask: Ask, other: Beside, granted: Permitted) -> None:
    """An entry under the other thing's uid, by the same hand under a pseudonym of its own."""
    hands = list(Hand.objects.filter(subject_uid=other.uid).values("person_id", "part", "alias"))
    aliases = {hand["person_id"]: hand["alias"] for hand in hands}
    parts = frozenset((hand["person_id"], hand["part"]) for hand in hands)
    said = Said(
        act=other.act,
        code=other.event.code,
        kind=other.kind,
        uid=other.uid,
        no=_last_no(other.uid) + 1,
        at=ask.now,
        speaker=speak(ask, other.uid, granted, "acted", aliases, parts),
        params=other.event.params,
        facts=other.event.facts,
    )
    write_entry(said, other.rows, ask.entropy)


def _last_no(uid: str) -> int:
    return Entry.objects.filter(subject_uid=uid).aggregate(no=Max("subject_no"))["no"] or 0


def one_at_a_time(place: Place) -> None:
    """Nobody else acts on what belongs to `place` until this act is done.

    PostgreSQL locks the place's row; on SQLite the transaction itself is exclusive.
    """
    if connection.features.has_select_for_update:
        Place.objects.select_for_update(of=("self",)).get(pk=place.pk)


def fitting(ask: Ask, place: Place, said: Event | Refusal, words: str = "") -> Event | Refusal:
    """The same, where every text in it, and `words`, fit the adopted length. Refuses with
    `words_too_long`."""
    if isinstance(said, Refusal):
        return said
    rules = in_force(place, today_of(ask.now)).terms.rules
    longest = max(len(v) for v in (words, *said.params.values()) if isinstance(v, str))
    if longest > rules.words_max:
        return Refusal("words_too_long", rules.words_max, longest, "characters", rules.id)
    return said
