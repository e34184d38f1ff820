"""Tells meetings through the acts: called, sat down to, answered item by item, reported back."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from yishi.acts import listed
from yishi.acts.door import Ask, Done
from yishi.acts.meeting import agenda, calling, minutes, reporting, sitting
from yishi.acts.meeting.asked import Called, Guest, ItemAsk
from yishi.core.refusal import Refusal
from yishi.demo.cast import PREFIX, Cast
from yishi.demo.district import must
from yishi.demo.moments import Moments
from yishi.demo.photos import Album
from yishi.records.models import AgendaItem, Body, Building, Invitee, Person, Place

TALK_DAY = 10
# A talk day whose minutes can have been signed off by now.
SETTLED = timedelta(days=4)
FILE = Path(__file__).parent / "willow.toml"
Given = Mapping[str, Any]


@cache
def written() -> tuple[Given, ...]:
    """The meetings as the file tells them."""
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8"))["meetings"])


@dataclass
class Meetings:
    """All meetings of the demo, told one after the other."""

    cast: Cast
    moments: Moments
    album: Album

    def steps(self) -> Iterator[datetime]:
        """The moments; resuming after each does what happens then."""
        told = [_Told(self, given) for given in written()]
        for one in told:
            one.others = told
        todo = [(at, number, step) for number, one in enumerate(told) for at, step in one.moments()]
        for at, number, step in sorted(todo, key=lambda each: (each[0], each[1])):
            if at < self.moments.now or step["do"] == "call":
                yield at
                told[number].act(at, step)


@dataclass
class _Told:
    """One meeting being told. `uid` is known once it was called."""

    all: Meetings
    given: Given
    uid: str = ""
    others: "list[_Told]" = None  # type: ignore[assignment]

    def day(self) -> date:
        """The day it is held: a talk day gone by, counted back, or so many days from today."""
        today = self.all.moments.now.date()
        kind, _, back = self.given["day"].partition(" ")
        if kind != "talk":
            return today + timedelta(days=int(kind))
        day = (today - SETTLED).replace(day=TALK_DAY)
        if day > today - SETTLED:
            day = _month_before(day)
        for _ in range(-int(back) - 1):
            day = _month_before(day)
        return day

    def moments(self) -> list[tuple[datetime, Given]]:
        """What happens at which moment."""
        return [(self._moment(step["at"]), step) for step in self.given["steps"]]

    def _moment(self, at: str) -> datetime:
        days, _, clock = at.partition(" ")
        day = self.day() + timedelta(days=int(days))
        zone = self.all.moments.calendar.zone
        return datetime.combine(day, time.fromisoformat(clock), zone)

    def act(self, at: datetime, step: Given) -> None:
        """One step. Raises where an act is refused."""

        def ask(who: str = step["who"]) -> Ask:
            return self.all.cast.ask(who, at)

        done = ACTS[step["do"]](self, ask, step)
        for one in done if isinstance(done, list) else [done]:
            must(one, f"{step['do']} at {step['at']}: {self.given['title']}")
        for kind, title in step.get("papers", {}).items():
            new = self.all.album.photo("会议材料", True, 1)
            must(minutes.add_paper(ask(), self.uid, kind, title, new), title)

    # What a step says, as the acts take it

    def item(self, no: int) -> AgendaItem:
        """The item of that number."""
        return AgendaItem.objects.select_related("listed").get(meeting__uid=self.uid, no=no)

    def call(self, ask: "Asking", step: Given) -> Done | Refusal:
        """会议通知, by the list of participants and whoever is invited besides."""
        given = self.given
        called = Called(
            title=given["title"],
            where=given["where"],
            starts_at=self._moment(f"0 {given['start']}"),
            ends_at=self._moment(f"0 {given['until']}"),
            form=given.get("form", ""),
            words=given["words"],
            items=tuple(ItemAsk(one["title"], one["words"]) for one in given["items"]),
            rhythm=given.get("rhythm", ""),
            method=given["method"],
            guests=(
                *(Guest(body=_body(code)) for code in given["invited"]),
                *(Guest(name=name) for name in given["names"]),
            ),
        )
        place = Place.objects.get(code=given["place"]).uid
        done = calling.call(ask(), place, _body(given["body"]), called)
        self.uid = must(done, given["title"]).uid
        return done

    def answer(self, ask: "Asking", step: Given) -> Done | Refusal:
        """A unit says that it comes."""
        invited = Invitee.objects.get(meeting__uid=self.uid, body__code=step["body"])
        return calling.answer(ask(), invited.uid, comes=True, words=step["words"])

    def door(self, ask: "Asking", step: Given) -> Done | Refusal:
        """The call is carried to a building."""
        building = Building.objects.get(code=step["building"]).uid
        found, words = step["found"], step["words"]
        return calling.record_door(ask(), self.uid, building, "", found, words)

    def sign(self, ask: "Asking", step: Given) -> list[Done | Refusal]:
        """Signed in at the desk: people with an account, some for a body, and names."""
        logins = [f"{PREFIX}{login}" for login in step["people"]]
        uids = dict(Person.objects.filter(login__in=logins).values_list("login", "uid"))
        bodies = [_body(code) for code in step.get("bodies", ())] or [""] * len(logins)
        signed = [
            sitting.sign_in_for(ask(), self.uid, person_uid=uids[login], body_uid=body)
            for login, body in zip(logins, bodies, strict=True)
        ]
        names = step.get("names", ())
        return [*signed, *(sitting.sign_in_for(ask(), self.uid, name=name) for name in names)]

    def list_(self, ask: "Asking", step: Given) -> Done | Refusal:
        """Onto the dated list."""
        due = self.day() + timedelta(days=step["days"])
        item = self.item(step["item"]).uid
        return agenda.list_item(ask(), item, _body(step["body"]), due, step["words"])

    def listed_done(self, ask: "Asking", step: Given) -> Done | Refusal:
        """The unit reports it done."""
        entry = self.item(step["item"]).listed
        assert entry is not None
        return listed.report_done(ask(), entry.uid, step["words"])

    def listed_closed(self, ask: "Asking", step: Given) -> Done | Refusal:
        """销号."""
        entry = self.item(step["item"]).listed
        assert entry is not None
        return listed.close(ask(), entry.uid, True, step["words"])

    def report(self, ask: "Asking", step: Given) -> Done | Refusal:
        """What became of an item of the talk day before, told at this one."""
        before = self.others[self.others.index(self) - 1]
        item = before.item(step["item"]).uid
        return reporting.report_back(ask(), item, step["words"], self.uid)


Asking = Callable[[], Ask]
Act = Callable[[_Told, Asking, Given], "Done | Refusal | list[Done | Refusal]"]


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=day.day)


def _body(code: str) -> str:
    return Body.objects.get(code=code).uid


# What a step calls it → the act.
ACTS: Mapping[str, Act] = {
    "call": _Told.call,
    "answer": _Told.answer,
    "door": _Told.door,
    "sign": _Told.sign,
    "open": lambda t, ask, g: sitting.open_(ask(), t.uid),
    "settle": lambda t, ask, g: agenda.settle_item(ask(), t.item(g["item"]).uid, g["words"]),
    "list": _Told.list_,
    "close": lambda t, ask, g: minutes.close(ask(), t.uid),
    "minutes": lambda t, ask, g: minutes.write_minutes(ask(), t.uid, g["words"], g["summary"]),
    "sign_off": lambda t, ask, g: minutes.sign_off(ask(), t.uid),
    "report": _Told.report,
    "listed_done": _Told.listed_done,
    "listed_closed": _Told.listed_closed,
}
