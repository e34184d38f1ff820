"""A topic is found by any part of what everybody reads of it, and by nothing else."""

import pytest

from tests.acts.covenant import covenant_hall, running
from tests.acts.hall import DESK, SECRETARY, Hall, make_hall
from tests.acts.world import NOW, World
from yishi.acts import erasure
from yishi.acts.topic import adding, moderating, raising, reviewing, staging, texts
from yishi.core.search import Sought, read_sought
from yishi.core.topic.review import Reviewed, Verdict
from yishi.jobs.doctor import look
from yishi.jobs.reindex import reindex, waiting
from yishi.records.index import TOPICS, count_stale, forget, stale, stale_topics
from yishi.records.models import SearchDoc, Voice
from yishi.records.queries.search import Narrowed, find_cases, find_published
from yishi.records.queries.search_topics import count_topics, find_topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world, "siyi", "c4321")


def sought(typed: str) -> Sought:
    found = read_sought(typed)
    assert isinstance(found, Sought), found
    return found


def found(typed: str) -> list[str]:
    page = find_topics(sought(typed))
    assert (page.total, page.capped) == (len(page.rows), False) == (*count_topics(sought(typed)),)
    return [row["title"] for row in page.rows]


def raised(hall: Hall, title: str, words: str, who: str = "王桂英", option: str = "") -> str:
    place = hall.world.places["柳荫社区"]
    said = raising.Raised(title, words, option, "东侧开门，费用分摊" if option else "")
    return hall.did(raising.raise_(hall.world.ask(who, hall.now), place.uid, said)).uid


def test_any_part_of_a_topic_finds_it_two_signs_one_sign_a_number_and_a_place(hall: Hall) -> None:
    uid = raised(hall, "老楼加装电梯", "八部坏了四部，近二百户上下楼难。", option="外挂电梯")
    raised(hall, "小区停车怎么停", "晚上没有位置")
    number = hall.topic(uid).number
    for typed in ("电梯", "装", "加装电梯", "上下楼难", "外挂", "费用分摊", number[2:8], "坏 外挂"):
        assert found(typed) == ["老楼加装电梯"], typed
    assert found("梯电") == []
    assert found("柳荫社区") == ["小区停车怎么停", "老楼加装电梯"]


def test_the_title_goes_before_the_words_and_the_newer_before_the_older(hall: Hall) -> None:
    raised(hall, "停车收费", "怎么收")
    raised(hall, "绿地改造", "停车的地方不够")
    raised(hall, "再议停车", "还是这件事")
    assert found("停车") == ["再议停车", "停车收费", "绿地改造"]


def test_a_topic_is_found_by_what_was_added_changed_and_published(hall: Hall) -> None:
    uid = raised(hall, "老楼加装电梯", "上下楼难")
    assert found("无障碍坡道") == []
    hall.take_up(uid, "c4321")
    done = adding.add_option(hall.world.ask(DESK, hall.now), uid, "修无障碍坡道", "门前砌坡")
    hall.did(done)
    assert found("无障碍坡道") == found("门前砌坡") == ["老楼加装电梯"]
    option = hall.open_options(uid)[-1].uid
    ask = hall.world.ask(DESK, hall.now)
    hall.did(texts.change_option(ask, uid, option, "门前铺钢板", "砌坡太陡"))
    assert (found("门前砌坡"), found("门前铺钢板")) == ([], ["老楼加装电梯"])
    other = raised(hall, "井盖补齐", "少了三个")
    said = Reviewed(Verdict.DUTY, words="这是市政的职责", clause="城市道路管理条例")
    hall.did(reviewing.review_topic(hall.world.ask(SECRETARY, hall.now), other, "c4321", said))
    assert found("市政的职责") == ["井盖补齐"]


def test_what_identifies_whoever_raised_it_is_in_no_document(hall: Hall) -> None:
    raised(hall, "王桂英家漏水", "我是王桂英，电话13800000001，请回电，身份证110101199003074274")
    for typed in ("王桂英", "13800000001", "1380", "110101199003074274"):
        assert found(typed) == [], typed
    assert found("家漏水") == found("请回电") == ["王桂英家漏水"]
    kept = " ".join(f"{one.head} {one.words}" for one in SearchDoc.objects.all())
    assert "王桂英" not in kept and "13800000001" not in kept


def test_what_somebody_said_on_a_topic_is_found_by_nobody_hidden_or_not(world: World) -> None:
    hall = covenant_hall(world)
    uid = running(hall)
    ask = hall.world.ask
    hall.did(staging.post(ask(DESK, hall.now), uid, "各楼道口"))
    hall.did(staging.comment(ask("王桂英", hall.now), uid, "紫色油漆不好看"))
    assert found("紫色油漆") == []
    row = Voice.objects.get()
    hall.did(moderating.hide_voice(ask(DESK, hall.now), uid, row.uid, "insult"))
    assert found("紫色油漆") == []
    option = hall.open_options(uid)[0].uid
    changed = texts.take_up_comment(
        ask(DESK, hall.now), uid, row.uid, option, "第一条 门窗不刷紫漆。", "采纳", matters=True
    )
    hall.did(changed)
    assert found("紫色油漆") == []
    assert found("门窗不刷紫漆") == [hall.topic(uid).title]


def test_somebody_who_was_forgotten_is_not_found_by_name(hall: Hall) -> None:
    raised(hall, "李建国提的路灯", "李建国说晚上黑", who="李建国")
    assert (found("李建国"), found("路灯")) == ([], ["李建国提的路灯"])
    hall.did(erasure.erase(hall.world.ask("李建国", hall.now), True))
    assert (found("李建国"), found("路灯")) == ([], ["李建国提的路灯"])


def test_a_topic_is_no_case_and_no_case_a_topic(hall: Hall) -> None:
    raised(hall, "路灯要多", "晚上黑")
    actor = hall.world.actor("分拨员老赵")
    assert find_cases(actor, sought("路灯"), Narrowed()).total == 0
    assert find_published(sought("路灯")).total == 0
    doc = SearchDoc.objects.get()
    assert doc.topic_id is not None and (doc.pk, doc.case_id) == (TOPICS + doc.topic_id, None)


def test_reindex_and_the_doctor_know_topics(hall: Hall) -> None:
    raised(hall, "路灯要多", "晚上黑")
    assert (count_stale(), stale_topics(), seen()) == (0, [], ["index"])
    SearchDoc.objects.all().delete()
    assert (waiting(), list(stale()), len(stale_topics()), seen()) == (1, [], 1, ["index_old"])
    assert (reindex(NOW), found("路灯"), waiting()) == (1, ["路灯要多"], 0)
    forget()
    assert (waiting(), reindex(NOW), waiting()) == (1, 1, 0)


def seen() -> list[str]:
    return [one.code for one in look(NOW, []) if one.code.startswith("index")]
