"""Staff at their pages: a browser for each person of the small world, at one moment."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.acts.world import NOW, World
from yishi.acts import report
from yishi.acts.case import closing, handling, intake
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.records import wallclock
from yishi.records.files import store
from yishi.records.models import Case

BACKEND = "django.contrib.auth.backends.ModelBackend"
# What a reply may lack was shown before: whoever presses a second time sends it.
SEEN = {"noticed": "empty no_date no_measure beside"}


def jpeg(colour: str = "gray") -> SimpleUploadedFile:
    """A small picture as a phone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return SimpleUploadedFile("photo.jpg", out.getvalue(), "image/jpeg")


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime = NOW) -> datetime:
    """Holds every entrance's clock at `moment`."""
    monkeypatch.setattr(wallclock, "machine_now", lambda: moment)
    return moment


class Desk:
    """The small world and its people's browsers."""

    def __init__(self, world: World, now: datetime) -> None:
        self.world, self.now = world, now
        self.browsers: dict[str, Client] = {}
        self.keys = 0

    def browser(self, who: str) -> Client:
        """A browser in which `who` is signed in."""
        if who not in self.browsers:
            self.browsers[who] = Client()
            self.browsers[who].force_login(self.world.people[who], backend=BACKEND)
            # Django wrote the machine's moment, and idle staff are signed out.
            self.world.people[who].last_login = wallclock.now()
            self.world.people[who].save(update_fields=["last_login"])
        return self.browsers[who]

    def get(self, who: str, address: str) -> str:
        """The page at `address`, which must be there."""
        answer = self.browser(who).get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content.decode()

    def send(self, who: str, case: Case, verb: str, version: int = 0, **fields: Any) -> Any:
        """What the server answers to the form `verb` of a case."""
        self.keys += 1
        case.refresh_from_db()
        form = {"key": f"form-{self.keys}", "version": version or case.version, **SEEN, **fields}
        return self.browser(who).post(f"/cases/{case.uid}/{verb}", form)

    def post(self, who: str, case: Case, verb: str, **fields: Any) -> None:
        """Does `verb` on a case, which must succeed and lead back to the case."""
        answer = self.send(who, case, verb, **fields)
        assert answer.status_code == 302, (verb, answer.content.decode()[-4000:])
        assert answer["Location"] == f"/cases/{case.uid}"

    def filed(self, words: str, building: str = "柳荫1栋") -> Case:
        """A resident's matter, just filed."""
        done = report.file(
            self.world.ask("王桂英", self.now),
            Words(words, building=self.world.buildings[building].uid),
        )
        assert isinstance(done, Done), done
        return Case.objects.get(uid=done.uid)

    def many(self, number: int) -> None:
        """That many matters at once, as copies of one that was filed."""
        case = self.filed("井盖不见了")
        copies = []
        for _ in range(number - 1):
            self.keys += 1
            fields = {field.attname: getattr(case, field.attname) for field in Case._meta.fields}
            name = f"{self.keys:011}"
            copies.append(Case(**{**fields, "id": None, "uid": f"copy{name}", "number": name}))
        Case.objects.bulk_create(copies)

    def dispatched(self, words: str) -> Case:
        """The same, given to 区城市管理局 with 区水务公司."""
        case = self.filed(words)
        duty = self.world.duties["井盖缺失"].uid
        done = intake.dispatch(self.world.ask("分拨员老赵", self.now), case.uid, duty)
        assert isinstance(done, Done), done
        return case

    def answered(self, words: str) -> Case:
        """The same, handled, checked and answered."""
        case, now = self.dispatched(words), self.now + timedelta(minutes=30)
        proof = [store(b"a picture", "image/jpeg", 1, 1)]
        ask = self.world.ask
        for done in (
            handling.sign(ask("城管小孙", now), case.uid),
            handling.contact(ask("城管小孙", now), case.uid, True, "说好了"),
            handling.submit_result(ask("城管小孙", now), case.uid, "已装好", proof, "无关"),
            closing.check(ask("网格员小陈", now), case.uid, True),
            closing.answer(ask("城管小孙", now), case.uid, "已装好。"),
        ):
            assert isinstance(done, Done), done
        return case

    def content(self) -> dict[str, str]:
        """A satisfied resident on the phone."""
        axes = {f"axis_{axis}": "5" for axis in ("speed", "result", "service", "answer")}
        return {"reached": "yes", "solved": "yes", "satisfaction": "satisfied", **axes}

    def draft(self) -> dict[str, str]:
        """A text for the board."""
        return {
            "category": "ordinary",
            "title": "井盖已换好",
            "text": "居民反映楼下井盖不见了",
            "answer": "已换好",
        }
