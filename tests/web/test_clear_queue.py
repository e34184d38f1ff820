"""A dispatcher clears a queue: a row chosen beside the matter, then the next matter, said so."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches

from tests.acts.world import World
from tests.web.staff import Desk, at
from yishi.acts.case import intake
from yishi.records.models import Assignment, Case
from yishi.records.queries.duty import USED_DAYS, duty_choices
from yishi.records.queries.rule import today_of
from yishi.records.queries.work import next_in_queue, queue_condition

QUEUE = "queue=to_dispatch"
WHO = "分拨员老赵"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(world, at(monkeypatch))


def following(desk: Desk, case: Case) -> str:
    queue = queue_condition(desk.world.actor(WHO), "to_dispatch", desk.now)
    assert queue is not None
    return next_in_queue(queue, case.due_at, case.pk)


def test_the_next_of_a_queue_is_the_one_with_the_next_clock(desk: Desk) -> None:
    first, second, third = (desk.filed(words) for words in ("井盖", "路灯", "纸箱"))
    assert following(desk, first) == second.uid
    assert following(desk, second) == third.uid
    assert following(desk, third) == first.uid, "past the end it begins again"
    Case.objects.filter(pk=first.pk).update(due_at=third.due_at + timedelta(hours=1))  # type: ignore[operator]
    assert following(desk, third) == first.uid
    assert following(desk, second) == third.uid


def test_a_case_whose_clock_waits_for_a_calendar_leads_to_the_first(desk: Desk) -> None:
    first, waiting = desk.filed("井盖"), desk.filed("路灯")
    Case.objects.filter(pk=waiting.pk).update(due_at=None)
    waiting.refresh_from_db()
    assert following(desk, waiting) == first.uid


def test_an_empty_queue_has_no_next(desk: Desk) -> None:
    assert following(desk, desk.filed("井盖")) == ""


def test_a_row_is_chosen_beside_the_matter_and_the_next_matter_follows(desk: Desk) -> None:
    first, second = desk.filed("门口的井盖不见了"), desk.filed("路灯不亮")
    page = desk.get(WHO, f"/cases/{first.uid}?beside=queue%3Dto_dispatch")
    duty = desk.world.duties["井盖缺失"].uid
    assert f'value="{duty}" id="quick_1" required aria-keyshortcuts="1"' in page
    assert "<mark>井盖</mark>" in page
    answer = desk.send(WHO, first, "dispatch", duty=duty, beside=QUEUE)
    assert answer["Location"] == f"/cases/{second.uid}?beside=queue%3Dto_dispatch"
    page = desk.get(WHO, answer["Location"])
    said = page.split('id="notes"')[1].split("</ul>")[0]
    assert f'<a class="number" href="/cases/{first.uid}">' in said
    assert "门口的井盖不见了" in said
    assert "已派给区城市管理局" in said
    assert "不能撤回" in said


def test_no_row_is_chosen_before_somebody_looked(desk: Desk) -> None:
    case = desk.filed("门口的井盖不见了")
    page = desk.get(WHO, f"/cases/{case.uid}?beside={QUEUE.replace('=', '%3D')}")
    assert "checked" not in page.split('id="acts"')[1].split("</form>")[0]


def test_the_row_it_was_filed_under_stays_chosen(desk: Desk) -> None:
    case = desk.filed("说不清是什么")
    intake.accept(desk.world.ask(WHO, desk.now), case.uid, desk.world.duties["井盖缺失"].uid)
    page = desk.get(WHO, f"/cases/{case.uid}?beside=queue%3Dto_dispatch")
    assert 'id="quick_1" checked' in page


def test_without_a_fitting_word_the_list_is_looked_up(desk: Desk) -> None:
    case = desk.filed("说不清是什么")
    page = desk.get(WHO, f"/cases/{case.uid}?beside=queue%3Dto_dispatch")
    assert 'name="duty"' not in page
    assert f"/cases/{case.uid}/dispatch?beside=queue%3Dto_dispatch" in page


def test_the_last_one_leads_back_to_the_empty_queue(desk: Desk) -> None:
    case = desk.filed("门口的井盖不见了")
    duty = desk.world.duties["井盖缺失"].uid
    answer = desk.send(WHO, case, "dispatch", duty=duty, beside=QUEUE)
    assert answer["Location"] == f"/cases?{QUEUE}"
    assert "已派给区城市管理局" in desk.get(WHO, answer["Location"])


@pytest.mark.parametrize(
    ("verb", "fields", "said"),
    [
        ("accept", {"duty": "井盖缺失"}, "分拨时还可以改选事项"),
        ("set-aside", {"why": "关系到全院"}, "以后仍可分拨"),
        ("refuse", {"reason": "out_of_scope", "words": "不归街道管"}, "有新情况可以再反映"),
    ],
)
def test_every_act_on_a_queue_goes_on_with_the_next(
    desk: Desk, verb: str, fields: dict[str, Any], said: str
) -> None:
    first, second = desk.filed("门口的井盖不见了"), desk.filed("路灯不亮")
    if "duty" in fields:
        fields = {"duty": desk.world.duties[fields["duty"]].uid}
    answer = desk.send(WHO, first, verb, beside=QUEUE, **fields)
    assert answer["Location"] == f"/cases/{second.uid}?beside=queue%3Dto_dispatch"
    assert said in desk.get(WHO, answer["Location"])


def test_a_refused_press_stays_with_the_matter_and_its_queue(desk: Desk) -> None:
    case = desk.filed("门口的井盖不见了")
    desk.filed("路灯不亮")
    answer = desk.send(WHO, case, "dispatch", duty="", beside=QUEUE)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="beside" value="queue=to_dispatch"' in page


def test_a_second_press_of_the_same_key_says_nothing_twice(desk: Desk) -> None:
    first, second = desk.filed("门口的井盖不见了"), desk.filed("路灯不亮")
    version = first.version
    form = {"key": "press-1", "version": version, "beside": QUEUE}
    form["duty"] = desk.world.duties["井盖缺失"].uid
    browser = desk.browser(WHO)
    for _ in range(2):
        answer = browser.post(f"/cases/{first.uid}/dispatch", form)
        assert answer["Location"] == f"/cases/{second.uid}?beside=queue%3Dto_dispatch"
    page = desk.get(WHO, answer["Location"])
    assert page.count("已派给区城市管理局") == 1
    assert Assignment.objects.filter(case=first).count() == 2, "lead and co-handler, once"


def test_other_lists_stay_with_the_case(desk: Desk) -> None:
    case = desk.filed("门口的井盖不见了")
    duty = desk.world.duties["井盖缺失"].uid
    answer = desk.send(WHO, case, "dispatch", duty=duty, beside="open=yes")
    assert answer["Location"] == f"/cases/{case.uid}?beside=open%3Dyes"


def test_use_is_counted_over_the_last_ninety_days(desk: Desk) -> None:
    case, old = desk.filed("门口的井盖不见了"), desk.dispatched("井盖松动")

    def used() -> int:
        case.refresh_from_db()
        caches["local"].clear()
        found = duty_choices(case, "井盖", "", today_of(desk.now), desk.world.actor(WHO))
        return next(row.used for row in found.rows if row.row["title"] == "井盖缺失")

    assert used() == 1
    day = timedelta(days=1)
    Case.objects.filter(pk=old.pk).update(filed_at=desk.now - USED_DAYS * day)
    assert used() == 1
    Case.objects.filter(pk=old.pk).update(filed_at=desk.now - (USED_DAYS + 1) * day)
    assert used() == 0


def test_a_matter_of_a_queue_asks_little_of_the_database(
    desk: Desk, django_assert_max_num_queries: object
) -> None:
    desk.many(40)
    case = Case.objects.order_by("due_at", "id")[0]
    browser = desk.browser(WHO)
    address = f"/cases/{case.uid}?beside=queue%3Dto_dispatch"
    browser.get(address)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        page = browser.get(address).content.decode()
    assert "/cases?queue=to_dispatch&amp;page=2" in page


def test_the_done_line_escapes_what_a_resident_wrote(desk: Desk) -> None:
    first = desk.filed("<b>井盖</b>不见了")
    duty = desk.world.duties["井盖缺失"].uid
    answer = desk.send(WHO, first, "dispatch", duty=duty, beside=QUEUE)
    page = desk.get(WHO, answer["Location"])
    assert "<b>井盖</b>" not in page
    assert "&lt;b&gt;井盖&lt;/b&gt;" in page


def test_the_dispatch_page_keeps_the_queue_and_the_chosen_row(desk: Desk) -> None:
    case = desk.filed("说不清是什么")
    duty = desk.world.duties["井盖缺失"].uid
    page = desk.get(
        WHO, f"/cases/{case.uid}/dispatch?several=yes&duty={duty}&beside=queue%3Dto_dispatch"
    )
    assert f'value="{duty}" id="duty_1" checked' in page
    assert "<details open>" in page
