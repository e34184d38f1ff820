"""The one door: transaction, idempotency key, lock, permission, decision, rows, journal, outbox.

An act is done wholly or not at all. A repeated key returns the first result. Two people at one
subject: one succeeds, the other is told that it has changed. Source: architecture, decision 4.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from django.db import IntegrityError, OperationalError, transaction

from yishi.core.caserules import RuleLacks
from yishi.core.permit import Permitted, Subject, permit
from yishi.core.person import Actor
from yishi.core.refusal import Refusal
from yishi.records.entropy import SYSTEM_ENTROPY, Entropy
from yishi.records.models import Asked
from yishi.records.prepared import insert, row_of
from yishi.records.queries.rule import RulesMissing

TRIES = 3
KEY_MAX = 64


@dataclass(frozen=True)
class Ask:
    """Who asks, when, under which key; `version` is the one their form showed."""

    actor: Actor
    now: datetime
    key: str
    version: int | None = None
    entropy: Entropy = SYSTEM_ENTROPY


@dataclass(frozen=True)
class Done:
    """What an act did: the subject's uid, the number to quote, its new version.

    `again` is True when this key had been acted on before and nothing was done now.
    """

    uid: str
    number: str = ""
    version: int = 1
    code: str = ""
    again: bool = False


class Held(Protocol):
    """What a lock returns: something with a permission subject and a version."""

    @property
    def subject(self) -> Subject: ...

    @property
    def version(self) -> int | None: ...


H = TypeVar("H", bound=Held)
P = TypeVar("P")


@dataclass(frozen=True)
class Step(Generic[H, P]):
    """One act in three moves: lock the subject, decide, write. Each may refuse.

    `write` receives what `decide` returned and the grant under which the actor speaks.
    `subject` is the uid the act is asked for, empty where the act makes its subject.
    """

    act: str
    lock: Callable[[], H | Refusal]
    decide: Callable[[H], P | Refusal]
    write: Callable[[H, P, Permitted], Done]
    subject: str = ""


class Stale(Exception):
    """Somebody else changed the subject between the lock and the claim."""


class _Refused(Exception):
    """Carries a refusal out of the transaction, so that nothing of it stays."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def enter(ask: Ask, step: Step[H, P]) -> Done | Refusal:
    """Does `step` for `ask`, or says why not.

    Refuses with what the lock, the permit table and the decision refuse, and with `key_missing`,
    `key_used` (the key belongs to another act, person or subject), `stale` (the subject has
    changed since the form was shown), `rules_missing`, `busy` (the database stayed locked).
    """
    if not ask.key or len(ask.key) > KEY_MAX:
        return Refusal("key_missing")
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                return _inside(ask, step)
        except _Refused as refused:
            return refused.refusal
        except RulesMissing as missing:
            return missing.refusal
        except RuleLacks as lacks:
            return Refusal("rules_older", lacks.part, lacks.version, source=lacks.id)
        except Stale:
            return Refusal("stale")
        except IntegrityError:
            # Either the same key was acted on this instant, and the next round finds its
            # result; or a random number met its like, and the next round draws another.
            if attempt == TRIES:
                raise
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            if attempt == TRIES:
                return Refusal("busy")
    raise AssertionError("unreachable")


def done_before(ask: Ask, act: str, subject: str = "") -> Done | Refusal | None:
    """What this key did the first time, for a form that is sent twice; None where it is new.

    Refuses with `key_used`: it belongs to another act, person or subject.
    """
    first = row_of(Asked, {"key": ask.key})
    if first is None:
        return None
    asked = (act, ask.actor.person_id, subject or first.result["uid"])
    if (first.act, first.person_id, first.result["uid"]) != asked:
        return Refusal("key_used")
    return Done(**{**first.result, "again": True})


def _inside(ask: Ask, step: Step[H, P]) -> Done:
    before = done_before(ask, step.act, step.subject)
    if before is not None:
        return _or_refuse(before)
    held = _or_refuse(step.lock())
    granted = permit(ask.actor, step.act, held.subject)
    stale = ask.version is not None and held.version != ask.version
    if isinstance(granted, Refusal):
        raise _Refused(Refusal("stale") if stale and granted.code == "not_now" else granted)
    if stale:
        raise _Refused(Refusal("stale"))
    done = step.write(held, _or_refuse(step.decide(held)), granted)
    insert(
        Asked(
            key=ask.key,
            act=step.act,
            person_id=ask.actor.person_id,
            result=asdict(done),
            at=ask.now,
        )
    )
    return done


T = TypeVar("T")


def _or_refuse(answer: T | Refusal) -> T:
    if isinstance(answer, Refusal):
        raise _Refused(answer)
    return answer
