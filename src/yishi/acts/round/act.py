"""The shape of an act on a wish: its round and itself held, decided, written and journaled under
the wish; the version is claimed, so that of two at one wish one is told it has changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from yishi.acts.at_place import Beside, Written, act_at
from yishi.acts.door import Ask, Done, Stale
from yishi.core.outcome import Event, Notice
from yishi.core.redaction import redact
from yishi.core.refusal import Refusal
from yishi.core.topic.now import TopicState
from yishi.records.models import Place, Proposal
from yishi.records.models.base import Kept
from yishi.records.queries.proposal import (
    HeldProposal,
    lock_proposal,
    proposal_of,
    public_rules,
    subject_of,
)

Do = Callable[[HeldProposal], Written | Refusal]


def act_on(
    ask: Ask, act: str, uid: str, do: Do, part: str = "acted", *, after_end: bool = False
) -> Done | Refusal:
    """Does `do` with the wish held. `ask.version` is the wish's own version.

    Refuses with `not_found`, `round_ended` (unless `after_end`), `stale`, and what `do` refuses.
    """
    found = proposal_of(uid)
    if found is None:
        return Refusal("not_found", have="proposal")
    topic = found.round.topic

    def held() -> Written | Refusal:
        now = lock_proposal(uid, topic.uid)
        if now is None:
            raise Stale
        if ask.version is not None and now.proposal.version != ask.version:
            raise Stale
        state = now.round.topic.state
        if not after_end and state != TopicState.RUNNING:
            return Refusal("round_ended", TopicState.RUNNING, state, "state")
        return do(now)

    about = subject_of(found)
    return act_at(
        replace(ask, version=None), act, topic.place, "proposal", uid, held, part=part, about=about
    )


def wrote(
    held: HeldProposal,
    event: Event,
    values: Mapping[str, object],
    rows: Iterable[Kept] = (),
    notices: Sequence[Notice] = (),
    beside: Sequence[Beside] = (),
) -> Written:
    """Writes the wish's own columns and claims its version. Raises Stale where it has moved on."""
    row = held.proposal
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    columns = {name: getattr(row, name) for name in (*values, "version")}
    if not Proposal.objects.filter(pk=row.pk, version=row.version - 1).update(**columns):
        raise Stale
    return Written(event, [row, *rows], row.state, row.number, notices, beside)


def too_personal(
    place: Place, now: datetime, texts: Mapping[str, str], names: Sequence[str] = ()
) -> Refusal | None:
    """Texts by the name of their field, read by everybody as they stand: a phone, the number of a
    paper or one of `names` in one is refused, `words_personal`."""
    rules = public_rules(place, now)
    for field, text in texts.items():
        if redact(text, rules, names)[1]:
            return Refusal("words_personal", have=field, source="practice G10")
    return None


def names_of(proposal: Proposal) -> tuple[str, ...]:
    """The author's name, as the account or the desk has it."""
    name = proposal.person.name if proposal.person is not None else proposal.name
    return (name,) if name else ()


def to_author(
    proposal: Proposal, template: str, params: Mapping[str, object] | None = None
) -> list[Notice]:
    """What whoever put the wish forward is told; nobody where they have no account."""
    if proposal.person_id is None:
        return []
    said = {"number": proposal.number, "title": proposal.title, **(params or {})}
    return [Notice(template, proposal.person_id, said, proposal.number)]
