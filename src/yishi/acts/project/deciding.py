"""A project is agreed on in the talks or not, and talked over again."""

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.project.act import act_on, fitting, wrote
from yishi.acts.project.giving_back import decline
from yishi.core.project import deciding
from yishi.core.project.costing import standing_against
from yishi.core.project.now import PledgeState, ProjectState
from yishi.core.refusal import Refusal
from yishi.records.models import Pledge
from yishi.records.models.base import Kept
from yishi.records.queries.project import HeldProject
from yishi.records.queries.project_money import opinions_of


def decide(ask: Ask, uid: str, talked: deciding.Talked) -> Done | Refusal:
    """The bodies talked it over: agreed on, or not. Of one that is not, what funders had set aside
    goes back to them. Refuses as `core.project.deciding.decide`, and with `words_personal`,
    `words_too_long`."""

    def do(held: HeldProject) -> Written | Refusal:
        against = standing_against(opinions_of(held.project))
        made = deciding.decide(
            held.now, held.stage, held.seats, talked, against, is_voted_on=held.is_voted_on()
        )
        if isinstance(made, Refusal):
            return made
        event = fitting(ask, held.topic.place, made.event)
        if isinstance(event, Refusal):
            return event
        rows: list[Kept] = []
        if made.state is ProjectState.NOT_AGREED:
            confirmed = Pledge.objects.filter(project=held.project, state=PledgeState.CONFIRMED)
            for pledge in confirmed.order_by("id"):
                back = decline(ask, held.project, pledge)
                if isinstance(back, Refusal):
                    return back
                rows += back
        values: dict[str, object] = {
            "state": made.state,
            "decided": dict(made.numbers),
            "decided_at": ask.now,
            "why": talked.words if made.state is ProjectState.NOT_AGREED else "",
            "ended_at": ask.now if made.state is ProjectState.NOT_AGREED else None,
        }
        return wrote(held, event, values, rows)

    return act_on(ask, "project.decide", uid, do)


def reopen(ask: Ask, uid: str, words: str) -> Done | Refusal:
    """Talked over again: it is costed and not decided. Refuses as `core.project.deciding.reopen`,
    and with `words_personal`, `words_too_long`."""

    def do(held: HeldProject) -> Written | Refusal:
        event = fitting(ask, held.topic.place, deciding.reopen(held.now, words.strip()))
        if isinstance(event, Refusal):
            return event
        values: dict[str, object] = {
            "state": ProjectState.COSTED,
            "decided": {},
            "decided_at": None,
            "why": "",
            "ended_at": None,
        }
        return wrote(held, event, values)

    return act_on(ask, "project.reopen", uid, do)
