"""The author of a wish chooses to be named, or not to be any more. The name stands on the wish's
page alone: it never enters the log, so that it can be taken back at any time."""

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.round.act import act_on, wrote
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.records.queries.proposal import HeldProposal

ACT = "proposal.show_name"


def show_name(ask: Ask, uid: str, wanted: bool) -> Done | Refusal:
    """The author's name is read by everybody, or not. Refuses with `not_found`, `not_yours` (a wish
    of somebody else, or of nobody alone)."""

    def do(held: HeldProposal) -> Written | Refusal:
        if held.proposal.person_id is None or held.proposal.person_id != ask.actor.person_id:
            return Refusal("not_yours", need=ACT, source="permit")
        event = Event("proposal.named" if wanted else "proposal.unnamed")
        return wrote(held, event, {"shows_name": wanted})

    return act_on(ask, ACT, uid, do, after_end=True)
