"""A round of small works ends with nothing of it left open: no project, and no money set aside."""

import pytest

from tests.acts import paid
from tests.acts.hall import DESK, SECRETARY, Hall
from tests.acts.rounds import passed, proposed, round_at, taken_to, wish
from tests.acts.world import World
from yishi.acts.project import settling
from yishi.acts.round import announcing
from yishi.acts.topic import leaving, staging
from yishi.core.method.round import Payer
from yishi.core.refusal import Refusal
from yishi.core.search import read_sought
from yishi.records.models import Fund, Project, Topic
from yishi.records.queries.accounts import whole_of
from yishi.records.queries.search_topics import find_topics

pytestmark = pytest.mark.django_db
YUAN = 100


def refused(answer: object) -> tuple[str, object, object]:
    assert isinstance(answer, Refusal), answer
    return answer.code, answer.need, answer.have


def to(hall: Hall, uid: str, stage: str) -> None:
    """Taken there against the procedure."""
    ask = hall.world.ask("街道主任", hall.now)
    hall.did(leaving.override(ask, uid, stage, "街道要求先说明情况"))


@pytest.fixture
def chosen(world: World) -> tuple[Hall, str, list[str]]:
    """A round in its works with two projects chosen, the fund giving 30,000 to the first."""
    hall, uid = round_at(world, "works")
    projects = list(Project.objects.filter(topic__uid=uid).order_by("id"))
    fund = Fund.objects.get().uid
    paid.pledged(hall, projects[0].uid, 30_000, Payer.FUND, fund=fund)
    return hall, uid, [one.uid for one in projects]


def test_nothing_is_published_while_projects_are_open(chosen: tuple[Hall, str, list[str]]) -> None:
    hall, uid, projects = chosen
    to(hall, uid, "tell_none")
    ask = hall.world.ask
    early = staging.publish(ask(DESK, hall.now), uid, "这一轮没有做成。")
    assert refused(early) == ("projects_open", 0, 2)
    for one in projects:
        hall.did(settling.stop(ask(SECRETARY, hall.now), one, "这一轮不做了"))
    hall.did(staging.publish(ask(DESK, hall.now), uid, "这一轮没有做成。"))
    assert hall.topic(uid).state == "ended"
    whole = whole_of(hall.topic(uid))
    assert (whole.in_funds_fen, whole.set_aside_fen) == (300_000 * YUAN, 0)


def test_what_an_ended_round_left_open_is_stopped_still(
    chosen: tuple[Hall, str, list[str]],
) -> None:
    hall, uid, projects = chosen
    # As a round stands that ended before anybody asked for this.
    ended = {"state": "ended", "stage": "", "stage_kind": "", "ended_at": hall.now}
    Topic.objects.filter(uid=uid).update(**ended, outcome="none")
    hall.did(settling.stop(hall.world.ask(SECRETARY, hall.now), projects[0], "这一轮已经结束"))
    assert whole_of(hall.topic(uid)).set_aside_fen == 0


def test_a_fund_is_not_less_than_what_is_set_aside_of_it(
    chosen: tuple[Hall, str, list[str]],
) -> None:
    hall, uid, _ = chosen
    to(hall, uid, "terms")
    fund = Fund.objects.get()
    ask = hall.world.ask
    less = announcing.correct_fund(ask(DESK, hall.now), uid, fund.uid, fund.name, 29_999 * YUAN)
    assert refused(less) == ("fund_below_aside", 30_000 * YUAN, 29_999 * YUAN)
    hall.did(announcing.correct_fund(ask(DESK, hall.now), uid, fund.uid, fund.name, 30_000 * YUAN))
    whole = whole_of(hall.topic(uid))
    assert (whole.in_funds_fen, whole.set_aside_fen) == (0, 30_000 * YUAN)


def test_a_project_is_found_as_soon_as_it_passes(world: World) -> None:
    hall, uid = round_at(world, "call")
    wish(hall, uid, "院内路面修平")
    taken_to(hall, uid, "screen")
    for one in proposed(hall, uid):
        passed(hall, one)
    page = find_topics(read_sought("路面修平"))
    assert [row["title"] for row in page.rows] == ["2026年第一轮微实事"]
