"""A unit appeals against a rating; somebody who had no hand in it decides; nothing is forgotten."""

from datetime import timedelta

from tests.acts.tables import code
from tests.acts.world import NOW, STARS, World
from tests.web.town import answered, done
from yishi.acts import exclusion
from yishi.acts.case import closing
from yishi.core.case.closing import Rating as Said
from yishi.records.models import Case, Entry, Exclusion, Rating

FENG = "督查员老冯"


def rated(world: World) -> Rating:
    """A matter of 柳荫社区居委会, answered, and a resident who was not satisfied."""
    own = answered(world)
    case = Case.objects.get(number=own.number)
    said = Said(own.uid, False, "dissatisfied", STARS, "还是不行")
    done(closing.call_back(world.ask("回访员小郑"), case.uid, said))
    return Rating.objects.get()


def test_a_unit_appeals_and_the_officer_leaves_the_rating_out(world: World) -> None:
    rating = rated(world)
    before = Case.objects.get(pk=rating.case_id)
    asked = done(
        exclusion.ask_exclusion(world.ask("社区小周"), rating.uid, "mediation", "两家没有谈成")
    )
    row = Exclusion.objects.get()
    assert (row.uid, row.state, row.reach, row.unit) == (
        asked.uid, "asked", "satisfaction", world.bodies["柳荫社区居委会"],
    )  # fmt: skip
    done(exclusion.decide_exclusion(world.ask(FENG), row.uid, True, "有调解笔录"))
    row.refresh_from_db()
    assert (row.state, row.decision, row.decided_by) == (
        "approved", "有调解笔录", world.people[FENG],
    )  # fmt: skip
    codes = Entry.objects.filter(subject_uid=row.uid).order_by("subject_no")
    assert list(codes.values_list("code", flat=True)) == ["exclusion.asked", "exclusion.decided"]
    after = Case.objects.get(pk=rating.case_id)
    assert (after.state, after.version) == (before.state, before.version)
    rating.refresh_from_db()
    assert (rating.satisfaction, rating.solved) == ("dissatisfied", False), "it was said"


def test_staff_asks_without_being_the_unit(world: World) -> None:
    rating = rated(world)
    done(exclusion.ask_exclusion(world.ask("回访员小郑"), rating.uid, "mistaken", "居民说按错了"))
    assert Exclusion.objects.get().unit is None


def test_a_rating_is_asked_about_once_until_it_is_refused(world: World) -> None:
    rating = rated(world)
    ask = lambda: exclusion.ask_exclusion(  # noqa: E731
        world.ask("社区小周"), rating.uid, "mediation", "没有谈成"
    )
    first = done(ask())
    assert code(ask()) == "exclusion_stands"
    done(exclusion.decide_exclusion(world.ask(FENG), first.uid, False, "没有笔录"))
    assert code(exclusion.decide_exclusion(world.ask(FENG), first.uid, True, "有")) == (
        "exclusion_decided"
    )
    done(ask())


def test_a_double_click_asks_once(world: World) -> None:
    rating = rated(world)
    first, second = (
        done(
            exclusion.ask_exclusion(
                world.ask("社区小周", key="form"), rating.uid, "mediation", "没有谈成"
            )
        )
        for _ in range(2)
    )
    assert (second.uid, second.again) == (first.uid, True)
    assert Exclusion.objects.count() == 1


def test_who_may_not(world: World) -> None:
    rating = rated(world)
    for who in ("城管小孙", "网格员小陈", "王桂英", FENG, "街道主任"):
        answer = exclusion.ask_exclusion(world.ask(who), rating.uid, "mediation", "没有谈成")
        assert code(answer) == "not_yours", who
    asked = done(
        exclusion.ask_exclusion(world.ask("社区小周"), rating.uid, "mediation", "没有谈成")
    )
    for who in ("社区小周", "分拨员老赵", "回访员小郑", "街道主任"):
        answer = exclusion.decide_exclusion(world.ask(who), asked.uid, True, "好")
        assert code(answer) == "not_yours", who
    assert code(exclusion.decide_exclusion(world.ask(FENG), "nobody", True, "好")) == "not_found"


def test_a_unit_appeals_in_time(world: World) -> None:
    rating = rated(world)
    late = world.ask("社区小周", NOW + timedelta(days=8))
    answer = exclusion.ask_exclusion(late, rating.uid, "mediation", "没有谈成")
    assert code(answer) == "appeal_too_late"
