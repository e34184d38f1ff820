"""A wish as a page needs it: read once, with who looks and when; names and words as they may be
read."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from yishi.core.grant import Subject
from yishi.core.number import show_number
from yishi.core.person import Actor
from yishi.core.redaction import Redaction
from yishi.core.round.now import ProposalState
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.method_round import say_entry
from yishi.phrases.round import say_author, say_project_kind, say_proposal_state, say_title
from yishi.phrases.rule import say_text
from yishi.records.models import Proposal
from yishi.records.queries import proposal as query
from yishi.records.queries.round import HeldRound
from yishi.records.wallclock import now
from yishi.web.gate import actor_in
from yishi.web.round.rows import may, project_href


@dataclass
class Shown:
    """A wish, who looks at it, and the moment they look."""

    held: query.HeldProposal
    actor: Actor
    now: datetime

    @property
    def row(self) -> Proposal:
        """Its row."""
        return self.held.proposal

    @property
    def round(self) -> HeldRound:
        """Its round."""
        return self.held.round

    @cached_property
    def subject(self) -> Subject:
        """What permission needs to know, of this reader. One statement."""
        return query.subject_of(self.held, self.actor)

    @cached_property
    def _rules(self) -> Redaction:
        return query.public_rules(self.round.topic.place, self.now)

    @cached_property
    def is_named(self) -> bool:
        """Whether this reader has names and words as they were written."""
        return self.may("proposal.read_names")

    @property
    def is_own(self) -> bool:
        """Whether this reader put it forward."""
        return self.row.person_id is not None and self.row.person_id == self.actor.person_id

    def may(self, act: str) -> bool:
        """Whether this reader may do that to it."""
        return may(self.actor, act, self.subject)

    def read(self, text: str) -> str:
        """A text of the author's as this reader may read it."""
        if self.is_named or not text:
            return text
        return query.in_public(self._rules, [self.name_kept], text)[0]

    @property
    def name_kept(self) -> str:
        """The author's name, "" where it is nobody's alone."""
        if self.row.person is not None:
            return self.row.person.name or ""
        return self.row.name or ""

    @property
    def author(self) -> str:
        """Whose wish it is, as this reader may know it."""
        name = self.name_kept
        if name and not self.is_named and not self.row.shows_name:
            name = name[0] + self._rules.name_mask
        return say_author(self.row.came_by, name, self.row.body.name if self.row.body else "")


def read(request: HttpRequest, uid: str) -> Shown | None:
    """The wish of that uid; None where there is none. One statement."""
    held = query.proposal_of(uid)
    return Shown(held, actor_in(request), now()) if held is not None else None


def wish(shown: Shown) -> dict[str, Any]:
    """The context of `round/wish.html`: the wish itself, for its page and for its screening. One
    statement."""
    row, terms = shown.row, shown.round.terms
    kind = terms.kind(row.kind)
    listed = next((one for one in terms.positive if one.code == row.listed), None)
    ground = terms.ground(row.ground) if row.ground else None
    where = " · ".join(
        one for one in (row.topic.place.name, row.building.name if row.building else "") if one
    )
    return {
        "uid": row.uid,
        "title": say_title(row.title),
        "number": show_number(row.number),
        "tag": say_proposal_state(row.state),
        "words": "" if row.words == row.title else shown.read(row.words),
        "kind": say_project_kind(kind) if kind else row.kind,
        "listed": say_text(listed.name) if listed else "",
        "where": where,
        "spot": shown.read(row.spot),
        "author": shown.author,
        "is_own": shown.is_own,
        "shows_name": row.shows_name,
        "at": say_when(row.at, shown.now),
        "at_exact": say_exact(row.at),
        "photos": [reverse("proposal_photo", args=[one["uid"]]) for one in query.photos_of(row)],
        "ground": say_entry(ground) if ground else "",
        "answer": row.answer,
        "project": {
            "href": project_href(row.project.uid),
            "title": row.project.option.title,
            "number": show_number(row.project.number),
        }
        if row.project is not None and row.state in (ProposalState.PASSED, ProposalState.JOINED)
        else None,
    }
