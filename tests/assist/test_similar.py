"""Which matters are likely the same: by their words, their place, their item, their days."""

from datetime import UTC, datetime, timedelta

import pytest

from yishi.assist.similar import Index, Likeness, Matter, SimilarTerms, Weights, likeness

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)

LIFT = Matter(
    1,
    "3号楼二单元电梯又停了，老人上下楼太难",
    MONDAY,
    ("柳荫社区", "柳荫小区", "3号楼"),
    item="电梯",
)
LAMPS = Matter(
    2, "小区门口的路灯三盏不亮，晚上黑灯瞎火", MONDAY, ("柳荫社区", "柳荫小区"), item="路灯"
)
SMOKE = Matter(
    3,
    "楼下烧烤店每晚油烟往楼上灌，窗户不敢开",
    MONDAY,
    ("新塘社区", "锦绣苑", "2号楼"),
    item="油烟",
)
WATER = Matter(4, "桥南里从昨晚开始停水，没有通知", MONDAY, ("河沿社区", "桥南里"), item="供水")
HELD = (LIFT, LAMPS, SMOKE, WATER)


def written(text: str, *place: str, item: str = "", days: int = 0) -> Matter:
    return Matter(0, text, MONDAY + timedelta(days=days), place, item=item)


def test_the_same_lift_in_other_words_comes_first_and_says_why() -> None:
    asked = written(
        "3号楼电梯停了两天，老人下不了楼", "柳荫社区", "柳荫小区", "3号楼", item="电梯", days=1
    )
    key, like = Index(HELD).candidates(asked, most=1)[0]
    assert key == 1
    assert like.score > SimilarTerms().offer
    assert like.words == ("3号楼", "电梯", "老人")
    assert (like.same_place, like.same_item, like.days) == ("3号楼", True, 1)


def test_the_same_words_in_another_community_are_another_matter() -> None:
    there = written("3号楼电梯又停了，老人下不了楼", "石榴社区", "石榴家园", "3号楼", item="电梯")
    like = dict(Index(HELD).candidates(there))[1]
    assert like.score < SimilarTerms().offer
    assert like.same_place == ""


@pytest.mark.parametrize(
    ("place", "nearest"),
    [
        (("柳荫社区", "柳荫小区", "3号楼"), "3号楼"),
        (("柳荫社区", "柳荫小区", "7号楼"), "柳荫小区"),
        (("柳荫社区", "槐北里", "3号楼"), "柳荫社区"),
        (("新塘社区",), ""),
        ((), ""),
    ],
)
def test_the_nearest_place_both_lie_in(place: tuple[str, ...], nearest: str) -> None:
    other = written("电梯停了", *place)
    assert likeness(LIFT, other, Weights.even(), SimilarTerms()).same_place == nearest


def score(text: str, *place: str, item: str = "", days: int = 0) -> float:
    asked = written(text, *place, item=item, days=days)
    return likeness(asked, LAMPS, Weights.even(), SimilarTerms()).score


def test_place_item_words_and_days_each_make_it_likelier() -> None:
    here, same = ("柳荫社区", "柳荫小区"), "门口的路灯不亮"
    whole = score(same, *here, item="路灯")
    assert whole > score(same, item="路灯") > score(same)
    assert whole > score(same, *here, item="电梯")
    assert whole > score("请来修一下", *here, item="路灯")
    assert whole > score(same, *here, item="路灯", days=90)
    assert score(same) > score(same, "新塘社区", "锦绣苑")


def test_what_is_not_known_counts_for_nothing() -> None:
    assert score("路灯不亮", item="") == score("路灯不亮")
    assert score("路灯不亮", "柳荫社区") == score("路灯不亮", "柳荫社区", "柳荫小区")


def test_what_is_added_is_found_and_what_is_removed_is_not() -> None:
    index = Index(HELD)
    more = Matter(9, "桥南里停水一天了，什么时候来水", MONDAY, ("河沿社区", "桥南里"), item="供水")
    index.add(more)
    assert [key for key, _like in index.candidates(WATER, most=1)] == [9]
    index.remove(9)
    index.remove(9)
    assert 9 not in dict(index.candidates(WATER, most=10))
    assert len(index) == 4


def test_it_never_offers_a_matter_to_itself_nor_more_than_asked() -> None:
    index = Index(HELD)
    assert 1 not in dict(index.candidates(LIFT, most=10))
    assert len(index.candidates(LIFT, most=2)) == 2
    assert index.candidates(LIFT, least=1.1) == []


def test_an_empty_index_and_empty_texts_answer_nothing_wrong() -> None:
    assert Index().candidates(LIFT) == []
    assert Index().pairs() == []
    assert Index([LIFT]).pairs() == []
    blank = likeness(written(""), written("？！"), Weights.even(), SimilarTerms())
    assert (blank.words, blank.same_place, blank.same_item) == ((), "", False)


def test_pairs_are_those_that_share_telling_words() -> None:
    held = (
        Matter(1, "桥南里门口路面塌了个大坑", MONDAY, ("河沿社区", "桥南里")),
        Matter(2, "桥南里门口路面塌陷，大坑快补上", MONDAY, ("河沿社区", "桥南里")),
        Matter(3, "锦绣苑门口路面塌了个大坑", MONDAY, ("新塘社区", "锦绣苑")),
        Matter(4, "二次供水水箱多久没洗了", MONDAY, ("河沿社区", "桥南里")),
    )
    assert [(pair.one, pair.other) for pair in Index(held).pairs(0.5)] == [(1, 2)]


def test_a_number_that_identifies_makes_nothing_alike_and_is_not_shown() -> None:
    one = written("电话13800001234，门口的灯坏了")
    other = written("13800001234，楼顶漏水")
    none = written("楼顶漏水")
    weights, terms = Weights.even(), SimilarTerms()
    assert likeness(one, other, weights, terms).words == ()
    with_number, without = (likeness(one, two, weights, terms).score for two in (other, none))
    assert with_number == without


def test_full_and_half_width_and_case_are_one() -> None:
    one, other = written("Ａ３栋电梯停电"), written("a3栋电梯停电")
    assert likeness(one, other, Weights.even(), SimilarTerms()).words == ("a3栋电梯停电",)
    assert isinstance(likeness(one, other, Weights.even(), SimilarTerms()), Likeness)
