"""初审: a wish becomes a project, goes on with another's, or is not allowed; its author is told."""

from yishi.acts.at_place import Beside, Written
from yishi.acts.door import Ask, Done
from yishi.acts.round.act import act_on, names_of, to_author, too_personal, wrote
from yishi.acts.topic.act import text_too_long, too_long
from yishi.acts.topic.raising import new_option
from yishi.core.number import SERIALS, make_number
from yishi.core.outcome import Event
from yishi.core.project.now import ProjectState
from yishi.core.refusal import Refusal
from yishi.core.round import screening as core
from yishi.core.round.now import ProposalState
from yishi.records.entropy import new_uid
from yishi.records.index import index_topics
from yishi.records.models import Option, Project
from yishi.records.queries.proposal import HeldProposal
from yishi.records.queries.rule import today_of

CHECKED = "screened"


def pass_(ask: Ask, uid: str, made: core.Made) -> Done | Refusal:
    """The wish becomes a project of its own, with an option of the round that holds its text.

    Refuses as `core.round.screening.pass_`, and with `not_found`, `words_personal`,
    `words_too_long`.
    """

    def do(held: HeldProposal) -> Written | Refusal:
        decided = core.pass_(held.round.terms, _standing(held), made)
        if isinstance(decided, Refusal):
            return decided
        place = held.round.topic.place
        texts = {
            "title": made.title,
            "words": made.words,
            "checked": made.checked,
            "answer": made.answer,
        }
        wrong = too_personal(place, ask.now, texts, names_of(held.proposal))
        wrong = wrong or text_too_long(place, ask.now, made.words)
        wrong = wrong or too_long(place, ask.now, made.checked, made.answer)
        if wrong:
            return wrong
        option, project = _project(ask, held, made)
        said = {"words": made.answer.strip(), "project": project.number}
        event = Event("project.made", {"title": option.title}, {"kind": project.kind})
        beside = Beside("proposal.pass", "project", project.uid, event, [option, project])
        values = _decided(ask, ProposalState.PASSED, made.answer) | {"project": project}
        told = to_author(held.proposal, "proposal.passed", said)
        return wrote(held, decided, values, notices=told, beside=[beside])

    return act_on(ask, "proposal.pass", uid, do, CHECKED)


def join(ask: Ask, uid: str, project_uid: str, words: str) -> Done | Refusal:
    """The wish goes on with a project of the round; its author, words and number stay. Refuses as
    `core.round.screening.join`, and with `not_found`, `words_personal`, `words_too_long`."""

    def do(held: HeldProposal) -> Written | Refusal:
        project = Project.objects.select_related("option").filter(uid=project_uid).first()
        if project is None:
            return Refusal("not_found", have="project")
        same = project.topic_id == held.proposal.topic_id
        decided = core.join(_standing(held), ProjectState(project.state), words, same_round=same)
        if isinstance(decided, Refusal):
            return decided
        wrong = _unfit(ask, held, words)
        if wrong:
            return wrong
        values = _decided(ask, ProposalState.JOINED, words) | {"project": project}
        said = {"words": words.strip(), "project": project.option.title}
        return wrote(
            held, decided, values, notices=to_author(held.proposal, "proposal.joined", said)
        )

    return act_on(ask, "proposal.join", uid, do, CHECKED)


def part(ask: Ask, uid: str, words: str) -> Done | Refusal:
    """A wish that was joined waits for its screening again, by itself. Refuses as
    `core.round.screening.part`, and with `words_personal`, `words_too_long`."""

    def do(held: HeldProposal) -> Written | Refusal:
        decided = core.part(_standing(held), words)
        if isinstance(decided, Refusal):
            return decided
        wrong = _unfit(ask, held, words)
        if wrong:
            return wrong
        values: dict[str, object] = {
            "state": ProposalState.FILED,
            "project": None,
            "answer": "",
            "decided_by_id": None,
            "decided_at": None,
        }
        told = to_author(held.proposal, "proposal.parted", {"words": words.strip()})
        return wrote(held, decided, values, notices=told)

    return act_on(ask, "proposal.part", uid, do, CHECKED)


def refuse(ask: Ask, uid: str, ground: str, words: str) -> Done | Refusal:
    """An entry of the negative list bars the wish; its author is told which and why. Refuses as
    `core.round.screening.refuse`, and with `words_personal`, `words_too_long`."""

    def do(held: HeldProposal) -> Written | Refusal:
        decided = core.refuse(held.round.terms, _standing(held), ground, words)
        if isinstance(decided, Refusal):
            return decided
        wrong = _unfit(ask, held, words)
        if wrong:
            return wrong
        values = _decided(ask, ProposalState.REFUSED, words) | {"ground": ground}
        said = {"words": words.strip(), "ground": decided.params["ground"]}
        return wrote(
            held, decided, values, notices=to_author(held.proposal, "proposal.refused", said)
        )

    return act_on(ask, "proposal.refuse", uid, do, CHECKED)


def _unfit(ask: Ask, held: HeldProposal, words: str) -> Refusal | None:
    """What the author is told stands on the wish's page: everybody reads it."""
    place = held.round.topic.place
    personal = too_personal(place, ask.now, {"words": words}, names_of(held.proposal))
    return personal or too_long(place, ask.now, words)


def _standing(held: HeldProposal) -> core.Standing:
    return core.Standing(held.state, held.round.stage_kind)


def _decided(ask: Ask, state: ProposalState, words: str) -> dict[str, object]:
    return {
        "state": state,
        "answer": words.strip(),
        "decided_by_id": ask.actor.person_id,
        "decided_at": ask.now,
    }


def _project(ask: Ask, held: HeldProposal, made: core.Made) -> tuple[Option, Project]:
    topic = held.round.topic
    no = Option.objects.filter(topic=topic).count() + 1
    option = new_option(ask, topic, no, made.title.strip(), made.words.strip())
    project = Project(
        uid=new_uid(ask.entropy),
        number=make_number(today_of(ask.now), ask.entropy.below(SERIALS)),
        topic=topic,
        option=option,
        kind=made.kind,
        state=ProjectState.SCREENED,
        at=ask.now,
    )
    project.save(force_insert=True)
    index_topics([topic.pk], ask.now)
    return option, project
