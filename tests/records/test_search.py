"""Search: whatever part of a visible text is typed finds it, and nothing else is ever found."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.acts.world import NOW, World
from yishi.acts import account, publication, report
from yishi.acts.case import handling, intake
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.core.refusal import Refusal
from yishi.core.search import Sought, read_sought
from yishi.records.index import count_stale, index_cases, stale
from yishi.records.models import Case, Report, SearchDoc
from yishi.records.queries.permit import cases
from yishi.records.queries.search import Narrowed, find_cases, find_published

DISPATCHER = "分拨员老赵"
# A few letters, so that parts meet by chance; full width, punctuation and spaces among them.
SIGNS = "停车位被占一楼12Ａａb，。 \n"


def sought(typed: str) -> Sought:
    found = read_sought(typed)
    assert isinstance(found, Sought), found
    return found


def file(world: World, text: str, building: str = "柳荫1栋", spot: str = "") -> Case:
    done = report.file(
        world.ask("王桂英"), Words(text, building=world.buildings[building].uid, spot=spot)
    )
    assert isinstance(done, Done), done
    return Case.objects.get(uid=done.uid)


def found(world: World, who: str, typed: str) -> list[str]:
    page = find_cases(world.actor(who), sought(typed), Narrowed())
    assert page.total == len(page.rows)
    return [row["line"] for row in page.rows]


def test_two_signs_one_sign_a_number_and_a_place_find_it(world: World) -> None:
    case = file(world, "楼下停车位被占，晚上回不了家")
    file(world, "路灯不亮")
    for typed in ("停车", "车", "停车位被占", "被占，晚上", "家", case.number[2:7], "柳荫1栋"):
        assert "楼下停车位被占，晚上回不了家" in found(world, DISPATCHER, typed), typed
    assert found(world, DISPATCHER, "停车") == ["楼下停车位被占，晚上回不了家"]
    assert found(world, DISPATCHER, "车停") == []
    assert found(world, DISPATCHER, "位，被") == ["楼下停车位被占，晚上回不了家"]


def test_several_words_are_all_there_and_the_phrase_comes_first(world: World) -> None:
    file(world, "夜里施工扰民")
    file(world, "施工夜里还在响")
    file(world, "夜里有人唱歌")
    assert found(world, DISPATCHER, "夜里 施工") == ["夜里施工扰民", "施工夜里还在响"]


def test_a_title_comes_before_words_and_the_newer_before_the_older(world: World) -> None:
    first = file(world, "门前的井盖不见了")
    file(world, "有人说井盖缺失，我看是被偷了")
    file(world, "又见井盖缺失")
    ask = world.ask(DISPATCHER)
    done = intake.dispatch(ask, first.uid, world.duties["井盖缺失"].uid)
    assert isinstance(done, Done), done
    assert found(world, DISPATCHER, "井盖缺失") == [
        "门前的井盖不见了",
        "又见井盖缺失",
        "有人说井盖缺失，我看是被偷了",
    ]


def test_nobody_finds_what_they_may_not_list(world: World) -> None:
    case = file(world, "井盖不见了")
    assert found(world, DISPATCHER, "井盖") == ["井盖不见了"]
    assert found(world, "网格员小陈", "井盖") == ["井盖不见了"]
    for who in ("城管小孙", "王桂英", "管理员", "审计员"):
        assert found(world, who, "井盖") == [], who
    done = intake.dispatch(world.ask(DISPATCHER), case.uid, world.duties["井盖缺失"].uid)
    assert isinstance(done, Done), done
    assert found(world, "城管小孙", "井盖") == ["井盖不见了"]


def test_what_was_written_on_the_way_is_found(world: World) -> None:
    case = file(world, "井盖不见了")
    duty = world.duties["井盖缺失"].uid
    for done in (
        intake.dispatch(world.ask(DISPATCHER), case.uid, duty),
        handling.sign(world.ask("城管小孙"), case.uid),
        handling.contact(world.ask("城管小孙"), case.uid, True, "说好周五去看"),
    ):
        assert isinstance(done, Done), done
    for typed in ("周五", "区城市管理局", "城市管理"):
        assert found(world, DISPATCHER, typed) == ["井盖不见了"], typed


def test_what_identifies_somebody_is_in_no_document(world: World) -> None:
    text = "我是王桂英，电话138 0000 0001或010-66554433，身份证110101199003078515，住502室，请回电"
    file(world, text, spot="王桂英家门口")
    document = SearchDoc.objects.get()
    for secret in ("王桂英", "桂英", "138", "0001", "6655", "110101", "8515", "502"):
        assert secret not in document.words, secret
        assert found(world, DISPATCHER, secret) == [], secret
    assert found(world, DISPATCHER, "请回电") == [text]
    assert found(world, DISPATCHER, "家门口") == [text]


def test_a_name_told_later_leaves_the_index_too(world: World) -> None:
    file(world, "有事找欧阳芷若，井盖不见了")
    assert found(world, DISPATCHER, "芷若") == ["有事找欧阳芷若，井盖不见了"]
    assert isinstance(account.correct_name(world.ask("王桂英"), "欧阳芷若"), Done)
    assert found(world, DISPATCHER, "芷若") == []
    assert found(world, DISPATCHER, "井盖") == ["有事找欧阳芷若，井盖不见了"]


def test_of_the_public_board_only_what_is_published_is_found(world: World) -> None:
    case = file(world, "井盖不见了，我叫李四")
    Case.objects.filter(pk=case.pk).update(state="archived")
    ask = world.ask("社区小周")
    assert isinstance(
        publication.draft(ask, case.uid, "ordinary", "井盖已补", "井盖不见了", "当天补上"), Done
    )
    assert find_published(sought("井盖")).rows == []
    assert isinstance(publication.review(world.ask("督查员老冯"), case.uid), Done)
    assert isinstance(publication.sign_off(world.ask("街道主任"), case.uid), Done)
    page = find_published(sought("当天"))
    assert [row["title"] for row in page.rows] == ["井盖已补"]
    assert find_published(sought("李四")).rows == []
    assert isinstance(publication.take_down(world.ask("街道主任"), case.uid, "重复"), Done)
    assert find_published(sought("当天")).rows == []


def test_open_and_closed_and_a_place_narrow(world: World) -> None:
    case = file(world, "井盖不见了")
    actor, words = world.actor(DISPATCHER), sought("井盖")
    here, elsewhere = world.places["柳荫社区"].pk, world.places["石桥社区"].pk
    assert find_cases(actor, words, Narrowed("yes", here)).total == 1
    assert find_cases(actor, words, Narrowed("no")).total == 0
    assert find_cases(actor, words, Narrowed("", elsewhere)).total == 0
    Case.objects.filter(pk=case.pk).update(is_open=False)
    index_cases([case.pk], NOW)
    assert find_cases(actor, words, Narrowed("no")).total == 1


def test_an_index_of_another_version_is_told_and_made_again(world: World) -> None:
    case = file(world, "井盖不见了")
    assert (count_stale(), list(stale())) == (0, [])
    SearchDoc.objects.update(version=0)
    assert (count_stale(), list(stale())) == (1, [case.pk])
    index_cases(list(stale()), NOW)
    assert (count_stale(), found(world, DISPATCHER, "井盖")) == (0, ["井盖不见了"])


@pytest.mark.parametrize("typed", ["", " ，。", "😀"])
def test_nothing_to_look_for_is_said(typed: str) -> None:
    assert read_sought(typed) == Refusal("search_empty")


def test_too_much_to_look_for_is_said() -> None:
    assert read_sought("长" * 61) == Refusal("search_too_long", 60, 61, "characters")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(SIGNS, min_size=4, max_size=30), min_size=1, max_size=4),
    which=st.integers(0, 3),
    cut=st.tuples(st.integers(0, 29), st.integers(1, 12)),
    who=st.sampled_from([DISPATCHER, "网格员小陈", "城管小孙", "王桂英"]),
)
def test_any_part_of_a_visible_text_finds_it_and_nothing_invisible_is_found(
    world: World, texts: list[str], which: int, cut: tuple[int, int], who: str
) -> None:
    Report.objects.filter(links__case__in=Case.objects.all()).update(words="")
    Case.objects.update(line="")
    for number, text in enumerate(texts):
        if len(text.strip()) > 3:
            file(world, text + "好", ("柳荫1栋", "柳荫2栋")[number % 2])
    index_cases(list(Case.objects.values_list("pk", flat=True)), NOW)
    text = texts[which % len(texts)]
    typed = text[cut[0] : cut[0] + cut[1]]
    if isinstance(words := read_sought(typed), Refusal):
        return
    actor = world.actor(who)
    may = set(cases(actor).values_list("pk", flat=True))
    page = find_cases(actor, words, Narrowed())
    got = {row["id"] for row in page.rows}
    assert got <= may
    holds = Report.objects.filter(words__contains=typed)
    # At most five words are held apart; more than that are one phrase.
    assert {case for case in holds.values_list("links__case", flat=True) if case in may} <= got
