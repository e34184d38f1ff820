"""A case as its page needs it: held for reading, with everything beside it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from yishi.core.case.now import Terms, WorkNow
from yishi.core.case.request import RequestKind, RequestState
from yishi.core.caserules import CaseRules
from yishi.core.permit import Permitted, permit
from yishi.core.person import Actor
from yishi.core.publication import PublicationState
from yishi.records.models import Assignment, Case, Report, Request
from yishi.records.queries.case import LockedCase, case_for
from yishi.records.queries.case_page import Beside, OrderShown, PublicationShown, beside
from yishi.records.queries.lately import lately
from yishi.records.queries.merging import went_along
from yishi.records.queries.rule import in_force, parsed, today_of
from yishi.records.queries.topic_cases import topic_of
from yishi.records.wallclock import now
from yishi.web.gate import actor_in


@dataclass
class Shown:
    """A case somebody may see, who they are, and the moment they look."""

    held: LockedCase
    actor: Actor
    now: datetime

    @property
    def case(self) -> Case:
        return self.held.case

    @cached_property
    def beside(self) -> Beside:
        """Story, photos, orders, publication: fetched on first use."""
        return beside(self.held)

    @cached_property
    def topic(self) -> dict[str, Any] | None:
        """The topic it is or was talked over in; asked only of one that was ever set aside."""
        aside = any(entry.code == "case.set_aside" for entry in self.beside.entries)
        return topic_of(self.case.pk) if aside else None

    @property
    def in_topic(self) -> bool:
        """Whether a topic talks it over now."""
        return self.topic is not None and self.topic["runs"]

    @cached_property
    def along(self) -> tuple[Report, ...]:
        """The reports a merged case brought into its main one."""
        return tuple(went_along(self.case))

    @cached_property
    def rules(self) -> CaseRules:
        """The rules the case was filed under: their words for reasons, natures and axes."""
        return parsed(self.case.rules)

    @cached_property
    def terms(self) -> Terms:
        """The rules in force here today, for what the page offers; the acts ask anew."""
        place, day = self.case.place, today_of(self.now)
        return lately("terms", (place.pk, day), lambda: in_force(place, day).terms)

    @property
    def has_course(self) -> bool:
        """Whether the rules in force know returns, extensions and suspensions."""
        return self.terms.rules.course is not None

    @property
    def requests(self) -> list[Request]:
        """What was ever asked of it, with the word on it, oldest first."""
        return self.held.requests

    def asked(self, kind: RequestKind) -> list[Request]:
        """The requests of `kind` that wait for a decision."""
        return [r for r in self.requests if r.kind == kind and r.state == RequestState.ASKED]

    def may(self, act: str) -> bool:
        """Whether the actor may do `act` now."""
        return isinstance(permit(self.actor, act, self.held.subject), Permitted)

    @cached_property
    def own_row(self) -> Assignment | None:
        """The work of the actor's own body on the case, as the acts find it."""
        bodies = self.actor.bodies()
        return next((row for row in self.held.assignments if row.unit_id in bodies), None)

    @property
    def work(self) -> WorkNow | None:
        """The same as a decision sees it."""
        row = self.own_row
        return next((w for w in self.held.now.works if row and w.uid == row.uid), None)

    @property
    def open_co(self) -> list[str]:
        """Co-handlers that have not finished."""
        works = self.held.now.works
        return [work.unit for work in works if not work.is_lead and work.result_at is None]

    @property
    def open_order(self) -> OrderShown | None:
        """The oldest order the actor's own body has to answer: to it, or on a case it leads."""
        work = self.work
        if work is None:
            return None
        mine = [o for o in self.beside.orders if work.is_lead or o.unit == work.unit]
        return next((order for order in mine if order.answered_at is None), None)

    @property
    def publication(self) -> PublicationShown | None:
        return self.beside.publication

    def published_as(self, state: PublicationState) -> bool:
        """Whether the publication stands at `state`."""
        return self.publication is not None and self.publication.state == state


def read(request: HttpRequest, uid: str, act: str = "case.view") -> Shown | None:
    """The case `uid` for whoever asks; None where there is none or it is not theirs to see."""
    actor = actor_in(request)
    held = case_for(actor, uid, act)
    return None if held is None else Shown(held, actor, now())
