"""Matters that are all the same, as groups; and what piles up against what is usual there."""

from datetime import UTC, datetime, timedelta

import pytest

from yishi.assist.similar import Index, Matter, SimilarTerms, Weights, bursts, groups
from yishi.assist.similar.bursts import rate_chance

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ESTATE = ("河沿社区", "河沿新村")

STATION = (
    "河沿新村旁边的搅拌站夜里施工，噪音太大",
    "搅拌站粉尘大，河沿新村的窗户不敢开",
    "河沿新村附近的搅拌站污染严重，请查处",
    "搅拌站噪音扰民，河沿新村居民睡不着",
)
OTHERS = (
    "路灯三盏不亮，晚上看不清",
    "垃圾桶满了没人收",
    "停车位被外来车占了",
    "自来水发黄有铁锈",
)


def matters(texts: tuple[str, ...], first: int, *place: str, days: int = 0) -> list[Matter]:
    return [
        Matter(first + number, text, MONDAY + timedelta(days=days, hours=number), place)
        for number, text in enumerate(texts)
    ]


def test_the_same_mixing_plant_is_one_group_and_says_why() -> None:
    found = groups(Index([*matters(OTHERS, 10, *ESTATE), *matters(STATION, 1, *ESTATE)]))
    assert [group.keys for group in found] == [(1, 2, 3, 4)]
    assert found[0].same_place == "河沿新村"
    assert "搅拌站" in found[0].words
    assert found[0].score > 0.5


def test_the_same_words_elsewhere_are_another_group() -> None:
    here = matters(STATION, 1, *ESTATE)
    there = [Matter(m.key + 10, m.text, m.at, ("新塘社区", "锦绣苑")) for m in here]
    assert [group.keys for group in groups(Index([*here, *there], weights=Weights.even()))] == [
        (1, 2, 3, 4),
        (11, 12, 13, 14),
    ]


def test_a_chain_of_small_steps_is_no_group() -> None:
    chain = (
        "东口路灯不亮旁边垃圾没收",
        "旁边垃圾没收楼道杂物堆满",
        "楼道杂物堆满井盖松动响",
        "井盖松动响水管冻裂漏水",
    )
    held = Index(matters(chain, 1), SimilarTerms(join=0.3, middle=0.5))
    assert max((len(group.keys) for group in groups(held)), default=0) <= 2


def test_nothing_alike_gives_no_group() -> None:
    assert groups(Index(matters(OTHERS, 1, *ESTATE))) == []
    assert groups(Index()) == []


def of_item(key: int, at: datetime, item: str = "停水", place: tuple[str, ...] = ESTATE) -> Matter:
    return Matter(key, "", at, place, item=item)


def test_nine_in_a_week_where_one_is_usual_are_a_burst_with_its_numbers() -> None:
    history = [of_item(week, MONDAY - timedelta(weeks=week)) for week in range(1, 14)]
    week = [of_item(100 + number, MONDAY + timedelta(hours=12 * number)) for number in range(9)]
    (found,) = bursts([*history, *week], MONDAY + timedelta(days=6))
    assert found.keys == tuple(range(100, 109))
    assert (found.count, found.days, round(found.usual)) == (9, 7, 1)
    assert (found.place, found.item) == ("河沿新村", "停水")
    assert found.chance < 0.001


def test_what_is_usual_is_no_burst() -> None:
    usual = [of_item(day, MONDAY - timedelta(days=day)) for day in range(98)]
    assert bursts(usual, MONDAY) == []


def test_few_are_no_burst_however_unusual() -> None:
    history = [of_item(0, MONDAY - timedelta(days=91), item="噪声")]
    three = [of_item(number, MONDAY - timedelta(hours=number)) for number in range(1, 4)]
    assert bursts([*history, *three], MONDAY) == []


def test_of_nested_places_the_least_usual_stands() -> None:
    wide = [
        of_item(day, MONDAY - timedelta(days=day), place=("河沿社区", "桥南里"))
        for day in range(8, 98, 3)
    ]
    week = [of_item(200 + number, MONDAY - timedelta(hours=number)) for number in range(6)]
    found = bursts([*wide, *week], MONDAY)
    assert [(burst.place, burst.count) for burst in found] == [("河沿新村", 6)]


def test_a_burst_is_found_by_words_alone_without_place_or_item() -> None:
    old = [
        Matter(50 + week, OTHERS[week % 4], MONDAY - timedelta(weeks=week)) for week in range(2, 14)
    ]
    (found,) = bursts([*old, *matters(STATION, 1)], MONDAY + timedelta(days=1))
    assert found.keys == (1, 2, 3, 4)
    assert "搅拌站" in found.words
    assert (found.place, found.item, found.usual) == ("", "", 0.0)


def test_what_lies_outside_window_and_history_is_left_out() -> None:
    late = [of_item(number, MONDAY + timedelta(days=1)) for number in range(9)]
    assert bursts(late, MONDAY) == []
    assert bursts([], MONDAY) == []


@pytest.mark.parametrize(
    ("count", "earlier", "below", "above"),
    [
        (9, 13, 1e-4, 1e-8),  # nine where one is usual
        (4, 0, 1e-3, 1e-7),  # four where none was in 91 days
        (1, 0, 0.1, 0.01),  # one where none was
        (0, 5, 1.01, 0.99),  # none or more: always
    ],
)
def test_the_chance_of_so_many(count: int, earlier: int, below: float, above: float) -> None:
    assert above < rate_chance(count, earlier, 7, 91) < below


def test_a_short_history_proves_less() -> None:
    assert rate_chance(4, 0, 7, 7) > rate_chance(4, 0, 7, 91)
