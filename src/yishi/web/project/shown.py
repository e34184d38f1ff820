"""A project as a page about it needs it: read once, with who looks and when."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.grant import Subject
from yishi.core.number import show_number
from yishi.core.permit import Permitted, permit
from yishi.core.person import Actor
from yishi.core.refusal import Refusal
from yishi.phrases.project import say_project_state
from yishi.records.models import Body, Hand, Project
from yishi.records.queries.project import HeldProject, subject_for, subject_of
from yishi.records.queries.project_money import is_desk
from yishi.records.queries.project_page import bodies_on_line, read_project
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now
from yishi.web.gate import actor_in

# What a body does for itself, whether or not it has part in the stage.
FOR_A_BODY = frozenset(
    {"project.add_opinion", "project.cost", "project.offer", "project.withdraw_pledge"}
)


@dataclass
class Shown:
    """A project as it is read, who looks, and the moment they look."""

    held: HeldProject
    actor: Actor
    now: datetime

    @property
    def row(self) -> Project:
        return self.held.project

    @property
    def href(self) -> str:
        """Its page."""
        return reverse("project", args=[self.row.uid])

    @cached_property
    def own_bodies(self) -> list[Body]:
        """The bodies on its line that the viewer speaks for."""
        return bodies_on_line(self.held.topic.place, self.actor) if self.actor.seats else []

    @cached_property
    def at_desk(self) -> bool:
        """Whether the viewer may write down what others say and give."""
        return is_desk(self.actor, self.held.topic.place)

    @cached_property
    def _subject(self) -> Subject:
        parties: dict[str, frozenset[int]] = {}
        for hand in Hand.objects.filter(subject_uid=self.row.uid).values("person_id", "part"):
            known = parties.get(hand["part"], frozenset())
            parties[hand["part"]] = known | {hand["person_id"]}
        about = subject_of(self.row, self.held.stage, self.actor)
        return replace(about, path=self.held.topic.place.ids, parties={**parties, **about.parties})

    def subject(self, act: str) -> Subject:
        """What permission needs to know for `act`."""
        about = subject_for(act, self.row, self._subject)
        if act not in FOR_A_BODY:
            return about
        own = frozenset(body.pk for body in self.own_bodies)
        return replace(about, units=about.units | own)

    def granted(self, act: str) -> Permitted | Refusal:
        """Whether the viewer may do `act` now, or why not; states are those of projects: the permit
        table speaks of states alone."""
        answer = permit(self.actor, act, self.subject(act))
        if isinstance(answer, Refusal) and answer.code == "not_now":
            return replace(answer, unit="project_state")
        return answer

    def may(self, act: str) -> bool:
        """Whether the viewer may do `act` now."""
        return isinstance(self.granted(act), Permitted)

    def stands_in(self, *kinds: str) -> bool:
        """Whether its round runs, in a stage of one of these kinds."""
        return self.held.stage is not None and self.held.stage.kind in kinds


def read(request: HttpRequest, uid: str) -> Shown | None:
    """The project as whoever asks reads it; None where there is none."""
    moment = now()
    held = read_project(uid, today_of(moment))
    return None if held is None else Shown(held, actor_in(request), moment)


def head(shown: Shown) -> dict[str, Any]:
    """What every page about a project has at its top."""
    return {
        "shown": shown,
        "project": shown.row,
        "title": shown.row.option.title,
        "number": show_number(shown.row.number),
        "tag": say_project_state(shown.row.state),
        "back": shown.href,
        "back_word": _("The project"),
    }
