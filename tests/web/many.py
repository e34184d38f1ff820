"""Many residents who raised the same: each with an account, a report and a case of their own."""

from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.acts.world import NOW, World
from tests.web.staff import Desk
from yishi.acts import report
from yishi.acts.case import closing, handling, intake, merging
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.records.files import store
from yishi.records.models import Case, Report


def done(answer: object) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def raised(world: World, who: str, words: str, now: datetime = NOW, **more: object) -> Case:
    """One matter of `who`, who gets an account where they have none."""
    if who not in world.people:
        world.person(who, f"137{len(world.people):08}")
    building = more.pop("building", "柳荫1栋")
    made = Words(words, building=world.buildings[str(building)].uid, **more)  # type: ignore[arg-type]
    return Case.objects.get(uid=done(report.file(world.ask(who, now), made)).uid)


def neighbours(world: World, many: int, now: datetime = NOW) -> list[Case]:
    """That many residents, 住户1 first, each with a matter at 柳荫1栋, a minute apart."""
    return [
        raised(world, f"住户{n}", f"停水了，第{n}家", now + timedelta(minutes=n))
        for n in range(1, many + 1)
    ]


def together(world: World, many: int, now: datetime = NOW) -> Case:
    """The first of them dispatched, the others merged into it."""
    main, *others = neighbours(world, many, now)
    later = now + timedelta(hours=1)
    done(intake.dispatch(world.ask("分拨员老赵", later), main.uid, world.duties["楼道堆物"].uid))
    uids = [case.uid for case in others]
    for answer in merging.merge(world.ask("分拨员老赵", later), main.uid, uids, "同一处停水"):
        done(answer)
    main.refresh_from_db()
    return main


def carried(world: World, case: Case, now: datetime, words: str = "已经恢复供水。") -> None:
    """By the unit that has it to its answer."""
    proof = [store(b"a picture", "image/jpeg", 1, 1)]
    chief = "社区小周"
    if case.state == "dispatched":
        done(handling.sign(world.ask(chief, now), case.uid))
        done(handling.contact(world.ask(chief, now), case.uid, True, "说好了"))
    done(handling.submit_result(world.ask(chief, now), case.uid, "修好了", proof))
    done(closing.check(world.ask("网格员小陈", now), case.uid, True))
    done(closing.answer(world.ask(chief, now), case.uid, words))
    case.refresh_from_db()


def asked(desk: Desk, who: str, address: str) -> int:
    """How often a page asks the database, once its caches are warm."""
    desk.get(who, address)
    with CaptureQueriesContext(connection) as statements:
        desk.get(who, address)
    return len(statements)


def report_of(world: World, who: str) -> Report:
    return Report.objects.get(person=world.people[who])
