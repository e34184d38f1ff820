"""Fifty-five complaints about one car park: merged, disputed, ruled on, each one answered."""

from datetime import timedelta

from tests.acts.test_whole_way import done, photo
from tests.acts.world import NOW, STARS, World
from yishi.acts import report
from yishi.acts.case import closing, handling, intake, merging, returning
from yishi.acts.case.returning import Amended
from yishi.acts.report import Words
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.records.models import Amendment, Case, Clock, Entry, Link, Merge, Message, Rating, Report

NEIGHBOURS = 54


def complain(world: World, who: str, number: int) -> str:
    """One neighbour's words about the car park, five minutes after the one before."""
    asked = world.ask(who, now=NOW + timedelta(minutes=5 * number))
    building = world.buildings["柳荫1栋"].uid
    return done(report.file(asked, Words(f"停车场被锁住了，第{number}户", building=building))).uid


def test_fifty_five_complaints_about_one_car_park(world: World) -> None:
    world.body("安和物业", BodyKind.PROPERTY_FIRM, "柳荫社区")
    world.appoint("物业小安", Role.UNIT_HANDLER, "柳荫社区", "安和物业")
    duty = world.duty("小区停车", "区城市管理局", limit_length=5)
    first = complain(world, "王桂英", 0)
    dispatcher = "分拨员老赵"
    done(intake.dispatch(world.ask(dispatcher), first, duty.uid))
    begun = Clock.objects.get(case__uid=first, kind="handle")

    # The neighbours' complaints arrive; all go into the first.
    people = [f"邻居{number}" for number in range(1, NEIGHBOURS + 1)]
    others = []
    for number, who in enumerate(people, 1):
        world.person(who, f"137{number:08}")
        others.append(complain(world, who, number))
    later = NOW + timedelta(minutes=290)
    for answer in merging.merge(world.ask(dispatcher, now=later), first, others, "同一处停车场"):
        done(answer)
    main = Case.objects.get(uid=first)
    assert Case.objects.filter(main=main, state="merged", is_open=False).count() == NEIGHBOURS
    assert Link.objects.filter(case=main, until_at=None).count() == 55
    assert Clock.objects.get(uid=begun.uid).due_at == begun.due_at

    # A neighbour's case went in by mistake, comes out as it was, and goes in again.
    wrong = Case.objects.get(uid=others[9])
    before = Merge.objects.get(case=wrong).before
    done(merging.unmerge(world.ask(dispatcher, now=later), wrong.uid, "说的是另一处停车场"))
    wrong.refresh_from_db()
    assert (wrong.state, wrong.main_id, wrong.is_open) == ("submitted", None, True)
    clocks = Clock.objects.filter(case=wrong).order_by("id").values_list("uid", "state")
    assert dict(clocks) == before["clocks"]
    [again] = merging.merge(world.ask(dispatcher, now=later), first, [wrong.uid], "就是同一处")
    done(again)

    # The unit returns it; the property firm should have it, says the unit; the group rules.
    asked = NOW + timedelta(hours=6)
    done(handling.sign(world.ask("城管小孙", now=asked), first))
    clause = "清单：小区内停车由物业服务企业负责"
    done(
        returning.ask_return(
            world.ask("城管小孙", now=asked), first, "不在城管职责内", clause,
            world.bodies["安和物业"].uid,
        )
    )  # fmt: skip
    request = main.requests.get()
    done(
        returning.decide_return(
            world.ask(dispatcher, now=asked), first, request.uid, "disputed", "请裁定"
        )
    )
    main.refresh_from_db()
    assert (main.state, main.due_kind) == ("disputed", "ruling")
    ruled = NOW + timedelta(days=2)
    done(
        returning.rule(
            world.ask("裁定组老钱", now=ruled), first, "物业合同写明由物业管理",
            duty.uid, world.bodies["安和物业"].uid, [world.bodies["区城市管理局"].uid],
            Amended("小区内停车写明由物业主办", "柳荫社区"),
        )
    )  # fmt: skip
    main.refresh_from_db()
    assert (main.state, main.lead.name) == ("dispatched", "安和物业")
    # The lead's clock went on with what it had used: the two days of the dispute do not count.
    clock = Clock.objects.get(uid=begun.uid)
    assert (clock.assignment.unit.name, clock.started_at) == ("安和物业", begun.started_at)
    assert [cause for _, _, cause in clock.pauses] == ["disputed"]
    assert Amendment.objects.get().state == "proposed"
    # The ruling is final for this case.
    done(handling.sign(world.ask("物业小安", now=ruled), first))
    final = returning.ask_return(world.ask("物业小安", now=ruled), first, "不管", "没有")
    assert isinstance(final, Refusal)
    assert final.code == "return_ruled"

    # Handled once, answered fifty-five times.
    done(handling.contact(world.ask("物业小安", now=ruled), first, True, "已逐户告知"))
    done(
        handling.submit_result(
            world.ask("物业小安", now=ruled), first, "地锁已拆", [photo()], "城管协助取证，不影响"
        )
    )
    done(closing.check(world.ask("网格员小陈", now=ruled), first, True, "锁都拆了"))
    done(closing.answer(world.ask("物业小安", now=ruled), first, "地锁已全部拆除，车位先到先停。"))
    answered = Report.objects.filter(answer="地锁已全部拆除，车位先到先停。")
    assert answered.count() == 55
    told = Message.objects.filter(template="case.answered")
    assert told.count() == told.values("recipient").distinct().count() == 55
    assert Clock.objects.filter(case__main=main, state__in=["running", "waits"]).count() == 0

    # Each rates their own; the case is called back once the last has.
    for number, row in enumerate(answered.select_related("person").order_by("id"), 1):
        assert Case.objects.get(uid=first).state == "answered"
        asked_by = world.ask(row.person.login, now=ruled)
        done(report.rate(asked_by, row.uid, first, True, "satisfied", STARS, f"第{number}户"))
    assert Case.objects.get(uid=first).state == "called_back"
    assert Rating.objects.count() == 55
    codes = Entry.objects.filter(subject_uid=first).values_list("code", flat=True)
    assert list(codes).count("case.took_in") == 55
    assert list(codes).count("case.let_go") == 1
