"""Words to items, items to units: what is suggested, why, and how sure."""

import numpy as np
import pytest

from yishi.assist.routing import Case, Heard, Item, Items, Units, Where, unit_name
from yishi.assist.routing.snapshot import from_arrays, to_arrays

LIST = [
    Item("0101", "井盖缺失 公用设施 上水井盖"),
    Item("0101", "井盖破损 公用设施 上水井盖"),
    Item("0201", "路灯不亮 公用设施 照明"),
    Item("0301", "楼道堆物 市容环境 占用通道"),
    Item("0401", "违规停车 交通 占用消防通道"),
]


def codes(items: Items, words: str, *marks: str) -> list[str]:
    return [one.code for one in items.suggest(Heard(words, marks))]


def test_on_the_first_day_the_lists_own_words_suggest() -> None:
    items = Items.of(LIST)
    first = items.suggest(Heard("门口的井盖不见了"))[0]
    assert (first.code, first.words, first.cases, first.like) == ("0101", ("井盖",), 0, ())
    assert codes(items, "三楼的灯，楼道里堆物很多")[0] == "0301"


def test_no_word_of_the_list_no_suggestion() -> None:
    assert Items.of(LIST).suggest(Heard("说不清是什么")) == []
    assert Items.of(LIST).suggest(Heard("")) == []
    assert Items.of([]).suggest(Heard("井盖")) == []


def test_a_dispatched_case_is_learned_at_once() -> None:
    items = Items.of(LIST)
    assert items.suggest(Heard("电瓶车飞线充电")) == []
    items.learn(Case(7, "0301", Heard("有人在飞线充电")))
    (first,) = items.suggest(Heard("电瓶车飞线充电"))
    assert (first.code, first.words, first.cases, first.like) == ("0301", ("飞线充电",), 1, (7,))


def test_a_code_that_left_the_list_is_not_learned() -> None:
    items = Items.of(LIST)
    items.learn(Case(1, "9999", Heard("飞线充电")))
    assert items.suggest(Heard("飞线充电")) == []


def test_confidence_is_a_share_and_grows_with_the_evidence() -> None:
    items = Items.of(LIST)
    before = items.suggest(Heard("通道被占用了"))
    assert sum(one.confidence for one in before) <= 1.0
    for key in range(20):
        items.learn(Case(key, "0401", Heard("通道被车占用了")))
    after = items.suggest(Heard("通道被占用了"))[0]
    assert after.code == "0401"
    assert after.confidence > before[0].confidence


def test_nobody_is_surer_than_so_few_cases_allow() -> None:
    items = Items.of(LIST)
    said = []
    for key in range(3):
        said.append(round(items.suggest(Heard("井盖"))[0].confidence, 2))
        items.learn(Case(key, "0101", Heard("井盖翘起来了")))
    assert said == [0.49, 0.66, 0.74]


def test_the_place_decides_between_items_the_words_leave_open() -> None:
    items = Items.of(LIST)
    for key in range(10):
        items.learn(Case(key, "0301", Heard("通道堵了", ("place:1",))))
        items.learn(Case(99 + key, "0401", Heard("通道堵了", ("place:2",))))
    assert codes(items, "通道堵了", "place:1")[0] == "0301"
    assert codes(items, "通道堵了", "place:2")[0] == "0401"


def test_width_case_and_punctuation_do_not_matter_and_no_run_crosses_a_comma() -> None:
    items = Items.of([Item("1", "ＷＩＦＩ信号")])
    assert items.suggest(Heard("wifi信号差"))[0].words == ("wifi信号",)
    assert items.suggest(Heard("信，号")) == []


def test_the_number_of_a_house_says_nothing_of_the_matter() -> None:
    items = Items.of(LIST)
    items.learn(Case(1, "0301", Heard("D座3号楼2单元门口堆了纸箱")))
    assert items.suggest(Heard("D座3号楼2单元水压低")) == []


def test_learning_one_by_one_and_at_once_is_the_same() -> None:
    cases = [Case(key, LIST[key % 5].code, Heard(f"{key}号楼{LIST[key % 5].words[:4]}", ("c:1",)))
             for key in range(60)]  # fmt: skip
    at_once, slowly = Items.of(LIST, cases), Items.of(LIST)
    for case in cases:
        slowly.learn(case)
    heard = Heard("3号楼井盖缺失", ("c:1",))
    assert at_once.suggest(heard) == slowly.suggest(heard)
    slowly.bags.settle()
    assert at_once.suggest(heard) == slowly.suggest(heard)


def test_a_snapshot_suggests_the_same_and_holds_no_text() -> None:
    items, units = Items.of(LIST), Units()
    items.learn(Case(7, "0301", Heard("飞线充电太危险")))
    units.learn(Where("0301", community="3"), "u1", ("u2",))
    arrays = to_arrays(items, units, {5: "work-uid"})
    again = from_arrays(arrays)
    assert again is not None
    assert again[0].suggest(Heard("飞线充电")) == items.suggest(Heard("飞线充电"))
    assert again[1] == units
    assert again[2] == {5: "work-uid"}
    everything = b"".join(np.asarray(part).tobytes() for part in arrays.values())
    assert "充电".encode() not in everything
    assert "充电".encode("utf-32-le") not in everything


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("城市管理局", "城市管理局"),
        ("市政服务中心（坪山街道办事处）", "市政服务中心"),
        ("坪山 街道综合执法队(坪山街道办事处)", "坪山街道综合执法队"),
        ("劳动办【坑梓】", "劳动办"),
        ("-", ""),
    ],
)
def test_one_spelling_of_a_unit(name: str, same: str) -> None:
    assert unit_name(name) == same


def test_a_unit_is_looked_for_here_then_wider() -> None:
    units = Units()
    here = Where("0101", major="公用设施", community="沙湖", street="碧岭")
    assert units.suggest(here) == []
    units.learn(Where("0201", major="公用设施", community="竹坑", street="龙田"), "市政")
    assert [led.unit for led in units.suggest(here)] == ["市政"], "only the class is known"
    units.learn(Where("0101", major="公用设施", community="汤坑", street="碧岭"), "街道")
    assert [led.unit for led in units.suggest(here)] == ["街道", "市政"], "the same street"
    for _ in range(3):
        units.learn(here, "社区", ("水务",))
    (first, *_others) = units.suggest(here)
    assert (first.unit, first.times, first.of) == ("社区", 3, 3)
    assert sum(led.share for led in units.suggest(here)) == pytest.approx(1.0)


def test_co_handlers_are_those_of_half_the_cases() -> None:
    units, here = Units(), Where("0101", community="沙湖", street="碧岭")
    assert units.co_handlers(here) == ()
    units.learn(here, "城管", ("水务", "物业"))
    assert units.co_handlers(here) == (), "one case is no habit"
    units.learn(here, "城管", ("水务",))
    units.learn(here, "城管")
    assert units.co_handlers(here) == ("水务",)
