"""A manhole cover is gone: from the report to the rating, through every role."""

from datetime import UTC, datetime, timedelta

from tests.acts.world import NOW, STARS, World
from yishi.acts import report
from yishi.acts.case import closing, handling, intake
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.core.case.state import CaseState
from yishi.core.person import SYSTEM
from yishi.records.files import NewFile, store
from yishi.records.models import Case, Entry, Report


def done(answer: object) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def photo() -> NewFile:
    return store(b"a picture", "image/jpeg", 1, 1)


def test_a_manhole_cover_is_gone(world: World) -> None:
    filed = done(
        report.file(
            world.ask("王桂英"),
            Words("楼下的井盖不见了，昨晚差点有人掉下去", building=world.buildings["柳荫1栋"].uid),
        )
    )
    case = Case.objects.get(uid=filed.uid)
    assert case.state == CaseState.SUBMITTED
    assert case.due_at == datetime(2026, 3, 12, 16, 0, tzinfo=UTC)
    done(intake.dispatch(world.ask("分拨员老赵"), case.uid, world.duties["井盖缺失"].uid))
    case.refresh_from_db()
    assert (case.state, case.lead.name, case.kind) == ("dispatched", "区城市管理局", "reported_up")
    assert case.due_at == NOW + timedelta(hours=2)
    done(handling.sign(world.ask("城管小孙"), case.uid))
    done(handling.sign(world.ask("水务小吴"), case.uid))
    done(handling.contact(world.ask("城管小孙"), case.uid, True, "已电话告知今天下午装好"))
    done(handling.submit_result(world.ask("水务小吴"), case.uid, "已确认不是水务井盖", [photo()]))
    done(handling.submit_result(world.ask("城管小孙"), case.uid, "已换新井盖", [photo()]))
    done(closing.check(world.ask("网格员小陈"), case.uid, True, "已到现场，井盖完好"))
    done(closing.answer(world.ask("城管小孙"), case.uid, "您反映的井盖已于今天下午换好。"))
    own = Report.objects.get(links__case=case)
    assert own.answer == "您反映的井盖已于今天下午换好。"
    done(report.rate(world.ask("王桂英"), own.uid, case.uid, True, "satisfied", STARS, "很快"))
    case.refresh_from_db()
    assert (case.state, case.is_open, case.due_at) == ("called_back", False, None)
    done(closing.archive(world.ask(SYSTEM, NOW + timedelta(days=9)), case.uid))
    entries = Entry.objects.filter(subject_uid=case.uid).order_by("subject_no")
    assert [e.subject_no for e in entries] == list(range(1, len(entries) + 1))
    assert [e.code for e in entries] == [
        "report.filed",
        "case.dispatched",
        "case.signed",
        "case.signed",
        "case.contacted",
        "case.part_done",
        "case.result_submitted",
        "case.check_passed",
        "case.answered",
        "report.rated",
        "case.archived",
    ]


def test_twice_dissatisfied_brings_a_supervisory_order(world: World) -> None:
    filed = done(
        report.settle_on_spot(
            world.ask("网格员小陈"),
            Words(
                "楼道堆了纸箱",
                channel="grid",
                building=world.buildings["柳荫1栋"].uid,
                consent=True,
                name="老张",
                phone="13800000009",
            ),
            "已和住户一起搬走",
            [photo()],
        )
    )
    case = Case.objects.get(uid=filed.uid)
    if case.state == "checking":
        done(closing.check(world.ask("社区小周"), case.uid, True))
        done(closing.answer(world.ask("社区小周"), case.uid, "已搬走"))
    own = Report.objects.get(links__case=case)
    rating = closing.Rating(own.uid, False, "dissatisfied", STARS, "又堆上了")
    for _ in range(2):
        done(closing.call_back(world.ask("回访员小郑"), case.uid, rating))
        case.refresh_from_db()
        assert case.state == "redo"
        if case.dissatisfied == 2:
            break
        done(handling.submit_result(world.ask("社区小周"), case.uid, "再次清理", [photo()]))
        done(closing.check(world.ask("分拨员老赵"), case.uid, True))
        done(closing.answer(world.ask("社区小周"), case.uid, "已再次清理"))
    assert [order.cause for order in case.orders.all()] == ["twice"]
