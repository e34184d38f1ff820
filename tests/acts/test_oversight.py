"""The committee draws, looks and writes; a body replies; nothing of it moves a case."""

from datetime import timedelta

import pytest

from tests.acts.tables import code
from tests.acts.world import NOW, World, appoint_overseer
from tests.web.town import answered, done
from yishi.acts import oversight
from yishi.acts.case import closing
from yishi.core.case.closing import Rating
from yishi.core.oversight import draw, pool_digest
from yishi.core.permit import Permitted, permit
from yishi.records.models import Case, Entry, Inspection, Opinion, Place
from yishi.records.queries.case import case_for
from yishi.records.queries.oversight import pool

DAY = timedelta(days=1)
HE = "监督委员老何"


@pytest.fixture
def town(world: World) -> World:
    appoint_overseer(world)
    return world


def finished(world: World, many: int) -> list[Case]:
    """That many answered matters, as copies of one that went the whole way."""
    case = Case.objects.get(number=answered(world).number)
    fields = {field.attname: getattr(case, field.attname) for field in Case._meta.fields}
    copies = [
        Case(**{**fields, "id": None, "uid": f"copy{at}", "number": f"{at:011}"})
        for at in range(many - 1)
    ]
    return [case, *Case.objects.bulk_create(copies)]


def home(world: World) -> Place:
    return world.places["柳荫社区"]


def test_a_lot_can_be_drawn_again_from_its_entry(town: World) -> None:
    finished(town, 12)
    numbers = tuple(pool(home(town), NOW + DAY).values_list("number", flat=True))
    drawn = done(oversight.sample(town.ask(HE, NOW + DAY), home(town).uid))
    entry = Entry.objects.get(subject_uid=drawn.uid)
    said = entry.params
    assert (said["pool"], said["drawn"], said["pool_sha256"]) == (12, 5, pool_digest(numbers))
    assert draw(numbers, 5, said["seed"]) == tuple(said["numbers"])
    assert set(Inspection.objects.values_list("case__number", flat=True)) == set(said["numbers"])
    assert all(row.drawn_by == town.people[HE] for row in Inspection.objects.all())


def test_nothing_is_drawn_twice_and_an_empty_pool_is_told(town: World) -> None:
    finished(town, 7)
    done(oversight.sample(town.ask(HE), home(town).uid))
    done(oversight.sample(town.ask(HE), home(town).uid))
    assert Inspection.objects.values("case").distinct().count() == Inspection.objects.count() == 7
    assert code(oversight.sample(town.ask(HE), home(town).uid)) == "nothing_to_draw"


@pytest.mark.parametrize(("days", "pooled"), [(89, 1), (90, 0), (91, 0)])
def test_a_season_is_the_pool(town: World, days: int, pooled: int) -> None:
    own = Case.objects.get(number=answered(town).number)
    assert own.answered_at is not None
    assert pool(home(town), own.answered_at + days * DAY).count() == pooled
    assert pool(town.places["石桥社区"], own.answered_at).count() == 0


def test_only_the_committee_of_the_place_draws(town: World) -> None:
    finished(town, 2)
    for who in ("社区小周", "分拨员老赵", "督查员老冯", "街道主任", "城管小孙"):
        assert code(oversight.sample(town.ask(who), home(town).uid)) == "not_yours"
    assert code(oversight.sample(town.ask(HE), town.places["石桥社区"].uid)) == "not_yours"
    assert code(oversight.sample(town.ask(HE), "nowhere")) == "not_found"


def test_a_drawn_case_is_looked_at_once_and_a_chosen_one_is_a_look_of_its_own(
    town: World,
) -> None:
    case = finished(town, 1)[0]
    done(oversight.sample(town.ask(HE), home(town).uid))
    first = done(oversight.inspect(town.ask(HE), case.uid, "phone", "as_said"))
    assert Inspection.objects.get().uid == first.uid
    done(oversight.inspect(town.ask(HE), case.uid, "on_site", "partly", "井盖有些响"))
    chosen = Inspection.objects.get(drawn_by__isnull=True)
    assert (chosen.way, chosen.found, chosen.words) == ("on_site", "partly", "井盖有些响")
    before = case.version
    case.refresh_from_db()
    assert (case.state, case.version) == ("answered", before), "a look moves nothing"


def test_a_look_waits_for_the_answer_and_is_never_by_who_handled(town: World) -> None:
    case = finished(town, 1)[0]
    case.refresh_from_db()
    rating = Rating(
        case.links.get().report.uid, False, "dissatisfied",
        {"speed": 1, "result": 1, "service": 1, "answer": 1},
    )  # fmt: skip
    done(closing.call_back(town.ask("回访员小郑"), case.uid, rating))
    assert code(oversight.inspect(town.ask(HE), case.uid, "phone", "as_said")) == "not_now"
    for who in ("社区小周", "督查员老冯"):
        assert code(oversight.inspect(town.ask(who), case.uid, "phone", "as_said")) == "not_yours"


def test_who_raised_it_is_read_only_while_a_draw_waits_for_its_look(town: World) -> None:
    case = finished(town, 1)[0]

    def may() -> bool:
        held = case_for(town.actor(HE), case.uid)
        assert held is not None
        answer = permit(town.actor(HE), "report.read_contact", held.subject)
        return isinstance(answer, Permitted)

    assert may() is False
    done(oversight.sample(town.ask(HE), home(town).uid))
    assert may() is True
    done(oversight.inspect(town.ask(HE), case.uid, "phone", "as_said"))
    assert may() is False


def test_an_opinion_is_answered_by_its_body_and_moves_no_case(town: World) -> None:
    case, body = finished(town, 1)[0], town.bodies["区城市管理局"]
    ask, other = town.ask, town.bodies["区水务公司"]
    about = done(oversight.write_opinion(ask(HE), "", body.uid, "请复查同类井盖", case.uid))
    done(oversight.write_opinion(ask(HE), home(town).uid, other.uid, "请公布抢修电话"))
    case.refresh_from_db()
    assert case.state == "answered"
    assert Opinion.objects.get(uid=about.uid).case == case
    assert code(oversight.reply(ask("水务小吴"), about.uid, "不是我们")) == "not_yours"
    done(oversight.reply(ask("城管小孙"), about.uid, "已复查 12 处"))
    assert code(oversight.reply(ask("城管小孙"), about.uid, "再答")) == "already_replied"
    assert Opinion.objects.get(uid=about.uid).reply == "已复查 12 处"


def test_an_opinion_needs_words_and_a_body_that_handles_here(town: World) -> None:
    body = town.bodies["区城市管理局"]
    committee = town.bodies["柳荫社区居务监督委员会"]
    place = home(town).uid
    assert code(oversight.write_opinion(town.ask(HE), place, body.uid, "")) == "opinion_missing"
    said = oversight.write_opinion(town.ask(HE), place, committee.uid, "请自查")
    assert code(said) == "body_elsewhere"
    said = oversight.write_opinion(town.ask(HE), place, body.uid, "长" * 2001)
    assert code(said) == "words_too_long"
    assert code(oversight.write_opinion(town.ask(HE), place, "nobody", "请整改")) == "not_found"
    assert code(oversight.reply(town.ask("城管小孙"), "none", "好")) == "not_found"
    assert Opinion.objects.count() == 0


def test_a_repeated_form_draws_and_writes_once(town: World) -> None:
    finished(town, 9)
    ask = town.ask(HE, key="again")
    first, second = (oversight.sample(ask, home(town).uid) for _ in range(2))
    assert (done(first).uid, done(second).again) == (done(second).uid, True)
    assert Inspection.objects.count() == 5
