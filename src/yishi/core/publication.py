"""A case is public only after draft → review → sign-off, and can be taken down at once.

Source: norms.md §1, Not for publication by default.
"""

from enum import StrEnum

from yishi.core.caserules import CaseRules
from yishi.core.outcome import Advanced, Change, Event
from yishi.core.refusal import Refusal


class PublicationState(StrEnum):
    """Where a publication stands."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    TAKEN_DOWN = "taken_down"


P = PublicationState
TITLE_MAX = 80  # ours: a title that is read at a glance
_STEPS: dict[str, tuple[PublicationState, PublicationState, str]] = {
    "publication.review": (P.DRAFT, P.REVIEWED, "reviewed"),
    "publication.sign_off": (P.REVIEWED, P.PUBLISHED, "signed_off"),
}


def draft(category: str, title: str, text: str, rules: CaseRules) -> Advanced | Refusal:
    """A draft of what may be shown. Four kinds of matter are never published.

    Refusals: `never_public`, `text_missing`, `title_too_long`, `already_drafted`.
    """
    if category in rules.never_public:
        return Refusal("never_public", have=category, source="norms.md §1")
    if not title.strip() or not text.strip():
        return Refusal("text_missing")
    if len(title) > TITLE_MAX:
        return Refusal("title_too_long", TITLE_MAX, len(title), "characters")
    return Advanced(Event("publication.drafted"), part="drafted")


def step(act: str, uid: str, state: PublicationState) -> Advanced | Refusal:
    """Review or sign-off, in this order and by other people (the permit table holds that)."""
    before, after, part = _STEPS[act]
    if state is not before:
        return Refusal("not_now", need=(before,), have=state, unit="publication")
    change = Change("publication", uid, {"state": after})
    code = {P.REVIEWED: "publication.reviewed", P.PUBLISHED: "publication.signed_off"}[after]
    return Advanced(Event(code), changes=(change,), part=part)


def take_down(uid: str, state: PublicationState, ground: str) -> Advanced | Refusal:
    """Off the board at once; a marker with the ground stays. Refuses: `ground_missing`."""
    if state is not P.PUBLISHED:
        return Refusal("not_now", need=(P.PUBLISHED,), have=state, unit="publication")
    if not ground.strip():
        return Refusal("ground_missing")
    change = Change("publication", uid, {"state": P.TAKEN_DOWN, "ground": ground})
    return Advanced(Event("publication.taken_down", {"ground": ground}), changes=(change,))
