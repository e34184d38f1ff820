"""秒回: drafted by one, approved by another, sent at once; still unsolved goes to the queue."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from tests.acts.tables import code
from tests.acts.world import NOW, STARS, World
from tests.web.town import done
from yishi.acts import instant, report
from yishi.acts.case import closing, intake
from yishi.acts.report import Words, thread
from yishi.core.case.closing import Rating
from yishi.core.case.state import CaseState as S
from yishi.core.instant import Drafted
from yishi.core.person import SYSTEM
from yishi.jobs.sequence import sequence
from yishi.jobs.tick import Ticker
from yishi.jobs.verify.whole import verify
from yishi.jobs.verify.wrong import Looked
from yishi.records.models import (
    Adoption,
    BundleRow,
    Case,
    Clock,
    Entry,
    InstantAnswer,
    Message,
    Report,
)
from yishi.records.queries.instant import UNSOLVED, answered_at_once, preview, texts_at
from yishi.records.queries.rule import in_force, today_of

DAY = timedelta(days=1)
UNTIL = NOW + 10 * DAY
WATER = Drafted("停水通知", "主管抢修，今晚八点恢复供水。", ("停水", "没水"), UNTIL)


def drafted(world: World, place: str = "望江街道", text: Drafted = WATER, item: str = "") -> str:
    uid = world.places[place].uid
    return done(instant.draft(world.ask("分拨员老赵"), uid, text, item)).uid


def in_force_there(world: World, place: str = "望江街道", text: Drafted = WATER) -> str:
    uid = drafted(world, place, text)
    done(instant.approve(world.ask("街道主任"), uid))
    return uid


def filed(
    world: World, words: str = "家里停水了", now: datetime = NOW, who: str = "王桂英"
) -> tuple[Case, Report]:
    building = world.buildings["柳荫1栋"].uid
    uid = done(report.file(world.ask(who, now), Words(words, building=building))).uid
    return Case.objects.get(uid=uid), Report.objects.get(links__case__uid=uid)


def test_what_fits_is_answered_in_the_act_that_files_it(world: World) -> None:
    text = in_force_there(world)
    case, own = filed(world)
    assert (case.state, case.is_open) == (S.ANSWERED, True)
    assert case.instant is not None and case.instant.uid == text
    assert (own.answer, own.answered_at) == (WATER.answer, NOW)
    assert (case.answered_at, case.settled_at) == (NOW, NOW)
    assert (case.due_kind, case.due_at) == ("call_back", datetime(2026, 3, 14, 16, 0, tzinfo=UTC))
    entry = Entry.objects.get(subject_uid=case.uid)
    assert (entry.code, entry.params["instant"]) == ("report.filed", "停水通知")
    told = Message.objects.get(about=own.number)
    assert (told.template, told.recipient) == ("report.instant", world.people["王桂英"])
    sequence()
    assert list(verify(Looked())) == []


def test_staff_who_file_for_a_resident_see_the_same(world: World) -> None:
    in_force_there(world)
    words = Words("没水了", channel="desk", place=world.places["柳荫社区"].uid, consent=True,
                  name="张奶奶")  # fmt: skip
    uid = done(report.file_for(world.ask("社区小周"), words)).uid
    assert Case.objects.get(uid=uid).state == S.ANSWERED
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("家里停水了", S.ANSWERED),
        ("井盖不见了", S.SUBMITTED),
        ("停水了，还有煤气味", S.SUBMITTED),
    ],
)
def test_what_does_not_fit_is_dispatched_as_ever(world: World, words: str, state: S) -> None:
    in_force_there(world)
    assert filed(world, words)[0].state == state


@pytest.mark.parametrize(
    ("later", "state"),
    [
        (timedelta(), S.ANSWERED),
        (10 * DAY - timedelta(microseconds=1), S.ANSWERED),
        (10 * DAY, S.SUBMITTED),
    ],
)
def test_a_text_is_sent_until_the_moment_it_expires(
    world: World, later: timedelta, state: S
) -> None:
    in_force_there(world)
    assert filed(world, now=NOW + later)[0].state == state


def test_a_text_is_sent_in_its_area_alone(world: World) -> None:
    in_force_there(world, "石桥社区")
    assert filed(world)[0].state == S.SUBMITTED


def test_the_text_of_the_nearest_area_is_sent(world: World) -> None:
    in_force_there(world, "望江街道")
    near = in_force_there(world, "柳荫社区", Drafted("二次供水", "水箱清洗", ("停水",), UNTIL))
    in_force_there(world, "望江街道")
    case, _ = filed(world)
    assert case.instant is not None and case.instant.uid == near


def test_a_draft_a_refused_and_an_ended_text_are_not_sent(world: World) -> None:
    drafted(world)
    refused = drafted(world)
    done(instant.refuse(world.ask("街道主任"), refused, "时间没说准"))
    ended = in_force_there(world)
    done(instant.end(world.ask("分拨员老赵"), ended, "已恢复供水"))
    assert filed(world)[0].state == S.SUBMITTED
    row = InstantAnswer.objects.get(uid=ended)
    assert (row.state, row.why, row.ended_by) == ("ended", "已恢复供水", world.people["分拨员老赵"])


def test_ending_a_text_leaves_what_it_answered(world: World) -> None:
    text = in_force_there(world)
    _, own = filed(world)
    done(instant.end(world.ask("街道主任"), text, "已恢复供水"))
    own.refresh_from_db()
    assert own.answer == WATER.answer


def test_who_drafts_never_approves(world: World) -> None:
    text = drafted(world)
    assert code(instant.approve(world.ask("分拨员老赵"), text)) == "not_yours"
    world.appoint("分拨员老赵", "leader", "望江街道")  # type: ignore[arg-type]
    assert code(instant.approve(world.ask("分拨员老赵"), text)) == "not_independent"
    assert code(instant.refuse(world.ask("分拨员老赵"), text, "不妥")) == "not_independent"
    done(instant.approve(world.ask("督查员老冯"), text))
    assert code(instant.approve(world.ask("街道主任"), text)) == "instant_decided"
    row = InstantAnswer.objects.get(uid=text)
    assert (row.state, row.decided_by, row.decided_at) == (
        "approved",
        world.people["督查员老冯"],
        NOW,
    )


@pytest.mark.parametrize(
    ("who", "place", "answer"),
    [
        ("分拨员老赵", "柳荫社区", "instant.drafted"),
        ("社区小周", "柳荫社区", "instant.drafted"),
        ("社区小周", "石桥社区", "not_yours"),
        ("社区小周", "望江街道", "not_yours"),
        ("分拨员老赵", "清河区", "not_yours"),
        ("城管小孙", "清河区", "not_yours"),
        ("王桂英", "柳荫社区", "not_yours"),
    ],
)
def test_a_text_is_drafted_by_staff_of_its_area(
    world: World, who: str, place: str, answer: str
) -> None:
    said = instant.draft(world.ask(who), world.places[place].uid, WATER)
    assert said.code == answer


def test_a_text_may_name_an_item_and_counts_under_it(world: World) -> None:
    duty = world.duties["井盖缺失"]
    place = world.places["望江街道"].uid
    said = instant.draft(world.ask("分拨员老赵"), place, WATER, "D999")
    assert code(said) == "item_unknown"
    text = drafted(world, item=duty.code)
    done(instant.approve(world.ask("街道主任"), text))
    case, _ = filed(world)
    assert (case.item, case.item_title) == (duty.code, "井盖缺失")


def test_without_adopted_rules_nothing_is_sent_and_nothing_drafted(world: World) -> None:
    in_force_there(world)
    Adoption.objects.filter(kind="instant").delete()
    assert filed(world)[0].state == S.SUBMITTED
    place = world.places["望江街道"].uid
    assert code(instant.draft(world.ask("分拨员老赵"), place, WATER)) == "rules_missing"


def test_still_unsolved_is_in_the_queue_with_its_clock_from_filing(world: World) -> None:
    in_force_there(world)
    plain, _ = filed(world, "井盖不见了")
    case, own = filed(world)
    assert code(thread.still_unsolved(world.ask("李建国"), own.uid, case.uid)) == "not_yours"
    done(thread.still_unsolved(world.ask("王桂英", NOW + DAY), own.uid, case.uid))
    case.refresh_from_db()
    own.refresh_from_db()
    assert (case.state, case.due_kind, case.due_at) == (S.SUBMITTED, "intake", plain.due_at)
    assert (own.answered_at, case.answered_at, case.settled_at) == (None, None, None)
    clock = Clock.objects.get(case=case, kind="intake")
    assert (clock.state, clock.started_at, clock.ended_at) == ("running", NOW, None)
    assert Case.objects.filter(UNSOLVED).get() == case
    assert code(thread.still_unsolved(world.ask("王桂英"), own.uid, case.uid)) == "not_now"
    done(intake.dispatch(world.ask("分拨员老赵"), case.uid, world.duties["井盖缺失"].uid))
    sequence()
    assert list(verify(Looked())) == []


def test_it_may_be_said_on_the_phone(world: World) -> None:
    in_force_there(world)
    case, _ = filed(world)
    done(closing.still_unsolved(world.ask("回访员小郑", NOW + DAY), case.uid, "六楼还是没水"))
    case.refresh_from_db()
    assert case.state == S.SUBMITTED
    assert Message.objects.filter(template="report.unsolved").count() == 1


def test_a_rating_that_is_not_content_keeps_the_clock_from_filing_too(world: World) -> None:
    in_force_there(world)
    case, own = filed(world)
    ask = world.ask("王桂英", NOW + DAY)
    done(report.rate(ask, own.uid, case.uid, False, "dissatisfied", STARS, "还是没水"))
    case.refresh_from_db()
    assert (case.state, case.dissatisfied, case.answered_at) == (S.SUBMITTED, 1, None)
    clock = Clock.objects.get(case=case, kind="intake")
    assert (clock.state, clock.started_at) == ("running", NOW)


def test_a_content_resident_closes_it(world: World) -> None:
    in_force_there(world)
    case, own = filed(world)
    done(report.rate(world.ask("王桂英"), own.uid, case.uid, True, "satisfied", STARS, ""))
    case.refresh_from_db()
    assert case.state == S.CALLED_BACK
    ended = {(c.kind, c.state, c.ended_at) for c in Clock.objects.filter(case=case)}
    assert ended == {("intake", "done", NOW), ("call_back", "done", NOW)}


def test_three_calls_nobody_takes_close_it(world: World) -> None:
    in_force_there(world)
    case, own = filed(world)
    for _ in range(3):
        done(closing.call_back(world.ask("回访员小郑"), case.uid, None, own.uid))
    case.refresh_from_db()
    assert (case.state, case.due_at) == (S.CALLED_BACK, None)


DUE = datetime(2026, 3, 14, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "closed"), [(DUE - timedelta(microseconds=1), 0), (DUE, 1), (DUE + DAY, 1)]
)
def test_without_a_word_the_system_closes_it(world: World, now: datetime, closed: int) -> None:
    in_force_there(world)
    case, _ = filed(world)
    assert Ticker().close_silent(now) == closed
    assert Ticker().close_silent(now) == 0
    case.refresh_from_db()
    assert case.state == (S.CALLED_BACK if closed else S.ANSWERED)
    # Nobody was asked: no clock counts as a call-back that was met.
    assert Clock.objects.filter(case=case, kind="call_back", state="done").count() == 0


def test_what_people_answered_is_never_closed_for_want_of_a_word(world: World) -> None:
    in_force_there(world)
    case, own = filed(world)
    done(thread.still_unsolved(world.ask("王桂英"), own.uid, case.uid))
    done(intake.set_aside(world.ask("分拨员老赵"), case.uid, "全楼的事"))
    done(closing.answer(world.ask("社区小周", NOW + DAY), case.uid, "楼长会已商定"))
    assert not answered_at_once().exists()
    assert Ticker().close_silent(NOW + 30 * DAY) == 0
    assert code(closing.close_silent(world.ask(SYSTEM, NOW + 30 * DAY), case.uid)) == "not_instant"
    rating = Rating(own.uid, True, "satisfied", STARS)
    done(closing.call_back(world.ask("回访员小郑", NOW + DAY), case.uid, rating))


def test_the_same_key_files_and_answers_once(world: World) -> None:
    in_force_there(world)
    words = Words("家里停水了", building=world.buildings["柳荫1栋"].uid)
    first = done(report.file(world.ask("王桂英", key="k"), words))
    again = done(report.file(world.ask("王桂英", key="k"), words))
    assert (again.uid, again.again, Case.objects.count()) == (first.uid, True, 1)


def test_filing_asks_the_database_once_more_and_no_oftener_for_many_texts(world: World) -> None:
    words = Words("井盖不见了", building=world.buildings["柳荫1栋"].uid)

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            done(report.file(world.ask("王桂英"), words))
        return len(asked)

    statements()
    Adoption.objects.filter(kind="instant").delete()
    without = statements()
    Adoption.objects.create(
        uid=world.uid(),
        place=world.places["清河区"],
        kind="instant",
        bundle=BundleRow.objects.get(kind="instant"),
        from_on=today_of(NOW),
    )
    assert statements() == without + 1
    for number in range(5):
        text = Drafted(f"通知{number}", "今晚恢复", (f"停水{number}",), UNTIL)
        in_force_there(world, text=text)
    assert statements() == without + 1


def test_a_draft_is_looked_at_against_the_matters_of_the_last_days(world: World) -> None:
    filed(world, "家里停水了", NOW - 31 * DAY)
    hit, _ = filed(world, "三天没水", NOW - 2 * DAY)
    filed(world, "井盖不见了", NOW - DAY)
    place = world.places["望江街道"]
    rules = in_force(place, today_of(NOW)).instant
    assert rules is not None
    in_force_there(world)
    text = texts_at(place, NOW)[0]
    found = preview(world.actor("分拨员老赵"), text, place, rules, NOW)
    assert (found.looked, found.found, found.capped) == (2, (hit.pk,), False)
    # A unit sees none of them before it has work on one.
    assert preview(world.actor("城管小孙"), text, place, rules, NOW).looked == 0


def test_what_stands_at_once_is_told_from_what_was_sent_back(world: World) -> None:
    in_force_there(world)
    stands, _ = filed(world)
    back, own = filed(world)
    done(thread.still_unsolved(world.ask("王桂英"), own.uid, back.uid))
    assert list(answered_at_once()) == [stands]
    assert Case.objects.filter(answered_at=F("filed_at")).get() == stands
