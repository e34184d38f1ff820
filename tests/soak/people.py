"""What the people of the soak do: file with a photo, and carry each matter to its rating.

Every acknowledged act is written to a pipe, as a phone would show the number. After a kill the
next process repeats the last unacknowledged form with the same key, as a person would.
"""

import io
import json
import os
from collections.abc import Callable

from PIL import Image

from tests.acts.world import NOW, STARS, World
from yishi.acts import report
from yishi.acts.case import closing, handling, intake
from yishi.acts.door import Ask, Done
from yishi.acts.report import Words
from yishi.core.refusal import Refusal
from yishi.records.files import NewFile, read_photo
from yishi.records.models import Case, Report


def picture(number: int) -> bytes:
    """A photo nobody else has."""
    image = Image.new("RGB", (64, 48), (number % 256, number // 256 % 256, 90))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def photo(number: int) -> NewFile:
    """The same, cleaned and in the store."""
    new = read_photo(picture(number), 10_000_000, 10_000_000)
    assert isinstance(new, NewFile), new
    return new


def live(world: World, start: int, acknowledge: int) -> None:
    """Lives until killed: round after round from `start`, acknowledging on the descriptor."""
    number = start
    while True:
        for act, answer in one_round(world, number):
            assert isinstance(answer, Done), (act, answer)
            line = {"round": number, "act": act, "uid": answer.uid, "number": answer.number}
            line |= {"version": answer.version, "again": answer.again}
            os.write(acknowledge, json.dumps(line).encode() + b"\n")
        number += 1


def one_round(world: World, number: int):  # type: ignore[no-untyped-def]
    """One matter from filing to rating; each step may have been done before a kill."""

    def ask(who: str, act: str) -> Ask:
        return Ask(world.actor(who), NOW, f"soak-{number}-{act}")

    words = Words(
        f"第{number}件：井盖不见了",
        building=world.buildings["柳荫1栋"].uid,
        photos=(photo(number),),
    )
    filed = report.file(ask("王桂英", "file"), words)
    yield "report.file", filed
    assert isinstance(filed, Done)
    uid = filed.uid
    duty = world.duties["楼道堆物"].uid
    desk = "社区小周"
    steps: list[tuple[str, Callable[[], Done | Refusal]]] = [
        ("case.dispatch", lambda: intake.dispatch(ask("分拨员老赵", "dispatch"), uid, duty)),
        ("case.sign", lambda: handling.sign(ask(desk, "sign"), uid)),
        ("case.contact", lambda: handling.contact(ask(desk, "contact"), uid, True, "已联系")),
        (
            "case.submit_result",
            lambda: handling.submit_result(
                ask(desk, "result"), uid, "已处理", [photo(number + 100_000)]
            ),
        ),
        ("case.check", lambda: closing.check(ask("网格员小陈", "check"), uid, True)),
        ("case.answer", lambda: closing.answer(ask(desk, "answer"), uid, "已处理好")),
        ("report.rate", lambda: _rate(ask("王桂英", "rate"), uid)),
    ]
    for act, step in steps:
        yield act, step()


def _rate(ask: Ask, uid: str) -> Done | Refusal:
    own = Report.objects.get(links__case=Case.objects.get(uid=uid))
    return report.rate(ask, own.uid, uid, True, "satisfied", STARS, "")
