"""The wishes of a round: held for an act, listed, for their page and their screening."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from yishi.assist.titles import alike
from yishi.core.grant import Subject
from yishi.core.person import Actor
from yishi.core.redaction import Redaction, redact
from yishi.core.round.now import ProposalState
from yishi.core.round.screening import Beside, maybe_split
from yishi.records.index import rules_at
from yishi.records.models import Hand, Meeting, Place, Project, Proposal, ProposalPhoto, Topic
from yishi.records.queries.paging import plain
from yishi.records.queries.round import GOING, HeldRound, held_round, lock_round

# Compared with by their titles.
# What lets anybody reach somebody, or be them.
REACHES = frozenset(
    {"mobile", "landline", "email", "id_number", "id_number_old", "bank_card", "account"}
)
RECENT, ALIKE_MOST, BESIDE_MOST = 400, 5, 400
COLUMNS = (
    "topic__place", "topic__method", "building", "person", "body", "case", "meeting", "project",
    "project__option", "decided_by",
)  # fmt: skip
ROW = (
    "uid", "number", "title", "kind", "state", "ground", "at", "came_by", "topic__uid",
    "topic__title", "place__name", "building__name", "body__name", "project__uid",
    "person_id",
)  # fmt: skip


@dataclass
class HeldProposal:
    """A wish as an act has it, with its round."""

    proposal: Proposal
    round: HeldRound

    @property
    def state(self) -> ProposalState:
        """Where it stands."""
        return ProposalState(self.proposal.state)


def proposal_of(uid: str) -> HeldProposal | None:
    """The wish of that uid with its round; None where there is none. One statement."""
    rows = Proposal.objects.select_related(*COLUMNS).defer("topic__method__files")
    row = rows.filter(uid=uid).first()
    held = held_round(row.topic) if row is not None else None
    return HeldProposal(row, held) if row is not None and held is not None else None


def lock_proposal(uid: str, topic_uid: str) -> HeldProposal | None:
    """The same, held for an act: its round is locked first, as by every act on the round."""
    if lock_round(topic_uid) is None:
        return None
    if connection.features.has_select_for_update:
        list(Proposal.objects.filter(uid=uid).select_for_update().values_list("pk"))
    return proposal_of(uid)


def subject_of(held: HeldProposal, actor: Actor | None = None) -> Subject:
    """What permission needs to know of a wish; with `actor`, also which part they had in it. One
    statement at most."""
    parties: dict[str, frozenset[int]] = {}
    if actor is not None and actor.person_id is not None:
        hands = Hand.objects.filter(subject_uid=held.proposal.uid, person_id=actor.person_id)
        found = hands.values_list("part", flat=True)
        parties = {part: frozenset({actor.person_id}) for part in found}
    return Subject(
        state=held.state,
        path=held.round.topic.place.ids,
        units=held.round.bodies,
        parties=parties,
        public=True,
    )


def proposals(topic: Topic, state: str = "") -> "QuerySet[Proposal, Any]":
    """The wishes of a round, the first put forward first; `state` "" for all."""
    rows = Proposal.objects.filter(topic=topic)
    return (rows.filter(state=state) if state else rows).order_by("id").values(*ROW)


def proposals_by(actor: Actor) -> "QuerySet[Proposal, Any]":
    """One's own wishes, the newest first."""
    rows = Proposal.objects.filter(person_id=actor.person_id or 0)
    return rows.order_by("-at", "-id").values(*ROW)


def wishes_asked_at(meeting: Meeting) -> dict[str, Proposal]:
    """Wishes that were asked for at a meeting and stand, by their title. One statement."""
    rows = Proposal.objects.filter(meeting=meeting).exclude(state=ProposalState.WITHDRAWN)
    return {row.title: row for row in rows.only("title", "uid", "number")}


def waiting_at(topic: Topic) -> "QuerySet[Proposal, Any]":
    """What is to be screened, the first put forward first."""
    return proposals(topic, ProposalState.FILED)


def photos_of(proposal: Proposal) -> list[dict[str, Any]]:
    """Its photos. One statement."""
    rows = ProposalPhoto.objects.filter(proposal=proposal).order_by("id")
    return plain(rows.values("uid", "file__sha256", "file__media_type", "file__width"))


def alike_in(topic: Topic, title: str, *, but: str = "") -> list[dict[str, Any]]:
    """Wishes of the round with a title like this one, the likest first. One statement."""
    rows = Proposal.objects.filter(topic=topic, state__in=GOING).exclude(uid=but)
    return _likest(title, rows)


def alike_before(place: Place, topic: Topic, title: str) -> list[dict[str, Any]]:
    """Wishes of earlier rounds of the place with a title like this one. One statement."""
    rows = Proposal.objects.filter(topic__place=place, topic_id__lt=topic.pk)
    return _likest(title, rows)


def _likest(title: str, rows: "QuerySet[Proposal]") -> list[dict[str, Any]]:
    rows = rows.exclude(title="")
    found = {row["uid"]: row for row in rows.order_by("-id").values(*ROW)[:RECENT]}
    likest = alike(title, ((uid, row["title"]) for uid, row in found.items()), ALIKE_MOST)
    return [found[uid] for uid in likest]


def maybe_one_project(proposal: Proposal) -> list[dict[str, Any]]:
    """Other wishes of the round of the same kind by the same person or body, or at the same place:
    together they may be one project that is split. Two statements at most."""
    rows = Proposal.objects.filter(topic_id=proposal.topic_id, kind=proposal.kind)
    rows = rows.filter(state__in=GOING).exclude(pk=proposal.pk).order_by("-id")
    others = [_beside(*one) for one in rows.values_list(*BESIDE)[:BESIDE_MOST]]
    own = _beside(*(getattr(proposal, name) for name in BESIDE))
    found = maybe_split(own, others)
    if not found:
        return []
    return plain(Proposal.objects.filter(uid__in=found).order_by("id").values(*ROW)[:ALIKE_MOST])


BESIDE = ("uid", "kind", "person_id", "body_id", "building_id", "spot")


def _beside(
    uid: str, kind: str, person: int | None, body: int | None, building: int | None, spot: str
) -> Beside:
    author = f"p{person}" if person else f"b{body}" if body else ""
    place = f"{building or ''}|{spot.strip()}" if building or spot.strip() else ""
    return Beside(uid, author, place, kind)


def projects_to_join(topic: Topic) -> list[dict[str, Any]]:
    """The projects of a round a wish may go on with. One statement."""
    rows = Project.objects.filter(topic=topic, state="screened").order_by("option__no")
    return plain(rows.values("uid", "number", "option__title", "option__no")[:RECENT])


def authors_of(project: Project) -> tuple[int, ...]:
    """Everybody whose wish a project is, who has an account: they are told what becomes of it. One
    statement."""
    rows = Proposal.objects.filter(project=project, state__in=GOING, person__isnull=False)
    return tuple(rows.order_by("id").values_list("person_id", flat=True).distinct())


def held_meetings(place: Place, most: int = 30) -> list[dict[str, Any]]:
    """The last meetings of a place, that a wish may have come from. One statement."""
    rows = Meeting.objects.filter(place=place).order_by("-starts_at", "-id")
    return plain(rows.values("uid", "title", "starts_at")[:most])


def in_public(rules: Redaction, names: Sequence[str], *texts: str) -> list[str]:
    """Texts as everybody reads them: what identifies somebody is hidden."""
    return [redact(text, rules, names)[0] for text in texts]


def public_rules(place: Place, now: datetime) -> Redaction:
    """By which names, phones and numbers of papers are hidden at the place; a room or a plate often
    is what a wish is about, and stays."""
    rules = rules_at(place, now)
    patterns = tuple(one for one in rules.patterns if one.code in REACHES)
    return Redaction(patterns, rules.name_mask)
