"""What tests of residents' pages do again and again: sign in, make a photo, file, go on."""

import io
from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.acts.world import NOW, World
from yishi.acts import publication, report
from yishi.acts.case import closing, handling, intake
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.records.files import read_photo
from yishi.records.models import Case, Report

STARS = {"speed": "5", "result": "4", "service": "5", "answer": "3"}


def done(answer: object) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.people[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def picture(colour: str = "red", size: tuple[int, int] = (40, 30), kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def stored(colour: str = "green"):  # type: ignore[no-untyped-def]
    return read_photo(picture(colour), 1_000_000, 1_000_000)


def filed(world: World, who: str = "王桂英", words: str = "楼下的井盖不见了") -> Report:
    """A report with a photo, at 柳荫1栋."""
    building = world.buildings["柳荫1栋"].uid
    made = Words(words, building=building, photos=[stored("red")])
    answer = done(report.file(world.ask(who), made))
    return Report.objects.get(number=answer.number)


def answered(world: World, who: str = "王桂英", now: datetime = NOW) -> Report:
    """The same, carried by the units to its answer."""
    own = filed(world, who)
    uid = Case.objects.get(number=own.number).uid
    chief = "城管小孙"
    done(intake.dispatch(world.ask("分拨员老赵", now), uid, world.duties["楼道堆物"].uid))
    chief = "社区小周"
    done(handling.sign(world.ask(chief, now), uid))
    done(handling.contact(world.ask(chief, now), uid, True, "电话里说好了，门牌是3单元502"))
    done(handling.submit_result(world.ask(chief, now), uid, "已换新井盖", [stored("blue")]))
    done(closing.check(world.ask("网格员小陈", now), uid, True, "看过了"))
    done(closing.answer(world.ask(chief, now), uid, "井盖已经换好，请放心。"))
    own.refresh_from_db()
    return own


def published(world: World, own: Report, title: str = "井盖缺失已换好") -> str:
    """Drafted, reviewed and signed off; the publication's uid."""
    case = Case.objects.get(number=own.number)
    text, reply = "一处井盖缺失。", "已经换好。"
    done(publication.draft(world.ask("社区小周"), case.uid, "", title, text, reply))
    done(publication.review(world.ask("分拨员老赵"), case.uid))
    done(publication.sign_off(world.ask("街道主任"), case.uid))
    return str(case.publication.uid)


def rating(own: Report, **changes: str) -> dict[str, str]:
    case = Case.objects.get(number=own.number)
    return {
        "key": f"rating-{own.pk}",
        "version": str(case.version),
        "solved": "yes",
        "satisfaction": "satisfied",
        "words": "很快",
        **STARS,
        **changes,
    }


def page_of(own: Report) -> str:
    return reverse("report", args=[own.uid])


LATER = NOW + timedelta(hours=1)
