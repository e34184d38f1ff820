"""Acts whose subject is not a case: places, people, appointments, rules. The same door."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Max

from yishi.acts.apply import speak
from yishi.acts.door import Ask, Done, Step, enter
from yishi.core.outcome import Event
from yishi.core.permit import Permitted, Subject
from yishi.core.refusal import Refusal
from yishi.records.journal import Said, write_entry
from yishi.records.models import Entry, Hand, Place
from yishi.records.models.base import Kept

# A leaf holds at most 65,535 bytes, a digest with its name about 110: a long list is said in
# several entries of the same act.
SEALED_MAX = 400

# Acts that draw a new uid each time they are asked: their key has no subject to belong to.
MAKES = frozenset({"account.join", "appointment.give"})


@dataclass
class HeldThing:
    """A thing that belongs to a place, as the door holds it."""

    kind: str
    uid: str
    subject: Subject
    version: int | None = None


@dataclass
class Written:
    """What an act wrote: the rows to seal and what the journal says of it."""

    event: Event
    rows: Iterable[Kept] = field(default_factory=tuple)
    state: str = ""


def act_at(
    ask: Ask,
    act: str,
    place: Place | None,
    kind: str,
    uid: str,
    do: Callable[[], Written | Refusal],
) -> Done | Refusal:
    """Does `do` inside the door: permitted at `place`, journaled under `kind` and `uid`.

    `place` None is the whole installation: only the operator at the machine may.
    """
    subject = Subject(path=place.ids if place else frozenset())

    def write(held: HeldThing, written: Written, granted: Permitted) -> Done:
        hands = list(Hand.objects.filter(subject_uid=uid).values("person_id", "part", "alias"))
        speaker = speak(
            ask,
            uid,
            granted,
            "acted",
            {hand["person_id"]: hand["alias"] for hand in hands},
            frozenset((hand["person_id"], hand["part"]) for hand in hands),
        )
        no = Entry.objects.filter(subject_uid=uid).aggregate(no=Max("subject_no"))["no"] or 0
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
            write_entry(said, rows[start : start + SEALED_MAX], ask.entropy)
        return Done(uid, version=no, code=written.event.code)

    asked = "" if act in MAKES else uid
    held = HeldThing(kind, uid, subject)
    return enter(ask, Step(act, lambda: held, lambda _: do(), write, asked))
