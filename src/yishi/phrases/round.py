"""A round of small works in words: where a wish stands, how it came, what is done with it."""

from django.utils.translation import gettext as _

from yishi.core.method.round import ProjectKind
from yishi.core.round.now import CameBy, ProposalState
from yishi.phrases.money import say_yuan
from yishi.phrases.rule import say_text


def say_proposal_state(state: str) -> dict[str, str]:
    """A tag {word, mark, kind} for where a wish stands."""
    word, mark, kind = {
        ProposalState.FILED: (_("Put forward, to be screened"), "send", "act"),
        ProposalState.PASSED: (_("Passed: a project of its own"), "check", "done"),
        ProposalState.JOINED: (_("Goes on with the same wish of others"), "people", "done"),
        ProposalState.REFUSED: (_("Not allowed by the list"), "refuse", "soon"),
        ProposalState.WITHDRAWN: (_("Taken back by whoever put it forward"), "back", ""),
    }[ProposalState(state)]
    return {"word": word, "mark": mark, "kind": kind}


def say_came_by(came_by: str) -> str:
    """Who put it forward, without a name."""
    return {
        CameBy.RESIDENT: _("A resident of the community"),
        CameBy.MEETING: _("Asked for at a meeting"),
        CameBy.CASE: _("From a matter a resident raised"),
        CameBy.UNIT: _("A unit"),
    }[CameBy(came_by)]


def say_round_standing(stage: str, until: str) -> str:
    """Where a round stands, in a line: until when wishes are taken, where they are."""
    if until:
        return _("Wishes are taken now, by %(until)s at the latest") % {"until": until}
    return _("It stands at “%(stage)s”") % {"stage": stage} if stage else ""


def say_project_kind(kind: ProjectKind) -> str:
    """A kind of project with its cap, short."""
    known = {"name": say_text(kind.name), "amount": say_yuan(kind.cap_fen)}
    return _("%(name)s, at most %(amount)s of the fund") % known


def say_author(came_by: str, name: str, body: str) -> str:
    """Whose wish it is, as this reader may know it: a body by its name, a person by the name given
    here, which may be hidden."""
    if body:
        return body
    if came_by == CameBy.MEETING or not name:
        return say_came_by(came_by)
    return name


def say_title(title: str) -> str:
    """The title of a wish; of one whose author deleted their account there is none."""
    return title or _("Deleted with its author's account")


def said_acts() -> dict[str, str]:
    """Acts on wishes, as the public record lists them."""
    return {
        "proposal.file": _("Wish put forward"),
        "proposal.change": _("Wish said otherwise"),
        "proposal.withdraw": _("Wish taken back"),
        "proposal.show_name": _("Author of a wish named, or not any more"),
        "proposal.pass": _("Wish made a project"),
        "proposal.join": _("Wish joined with the same of others"),
        "proposal.part": _("Wish parted from others again"),
        "proposal.refuse": _("Wish not allowed by the list"),
    }


def said_messages() -> dict[str, str]:
    """What whoever put a wish forward is told."""
    return {
        "proposal.filed": _(
            "Your wish “%(title)s” (%(number)s) was put forward. When the call is over it is "
            "screened, and you will be told."
        ),
        "proposal.passed": _(
            "Your wish “%(title)s” (%(number)s) passed the screening and is a project now. Follow "
            "it to the end on its page."
        ),
        "proposal.joined": _(
            "Your wish “%(title)s” (%(number)s) is the same as “%(project)s” and goes on with it; "
            "your name and words stay: “%(words)s”"
        ),
        "proposal.parted": _(
            "Your wish “%(title)s” (%(number)s) is screened by itself again: “%(words)s”"
        ),
        "proposal.refused": _(
            "Your wish “%(title)s” (%(number)s) did not pass the screening. The list says: "
            "%(ground)s. “%(words)s”"
        ),
        **_projects(),
    }


def _projects() -> dict[str, str]:
    """What becomes of the project a wish went into."""
    return {
        "project.chosen": _(
            "What you wished for will be done: “%(title)s” (%(number)s). Now its money is found."
        ),
        "project.not_agreed": _(
            "What you wished for was not agreed on: “%(title)s” (%(number)s). %(why)s"
        ),
        "project.not_chosen": _(
            "What you wished for was not voted for: “%(title)s” (%(number)s). Why, and what would "
            "have been enough, stands on its page."
        ),
        "project.under_way": _(
            "What you wished for is being built: “%(title)s” (%(number)s). Come and look."
        ),
    }
