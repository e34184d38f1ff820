"""The pages of a vote by roll: each opens for whom it should, and asks the database no more often
than a page may."""

import pytest

from tests.acts.hall import DESK, OVERSEER, SECRETARY
from tests.acts.roll import FOR
from tests.acts.world import World
from tests.web.test_ceilings import statements
from tests.web.voting import MOST, TOPIC, Polls, opened, polls, with_papers
from yishi.core.person import Role

CHAIR, MEMBER, GRID = "柳荫苑业主大会召集人", "居民01", "网格员小陈"
ELSEWHERE = "社区小马"
WAYS = "online paper door hands"

# page: the statuses of a voter, the desk, the secretary, an overseer, a grid worker and the desk
# of another community.
ON_VIEW = {
    "": (200, 200, 200, 200, 200, 200),
    "cast": (200, 200, 200, 200, 200, 200),
    "object": (200, 200, 200, 200, 200, 200),
    "roll": (403, 200, 200, 200, 403, 404),
    "roll.xlsx": (403, 200, 200, 200, 403, 404),
    "roll/add": (403, 200, 403, 403, 403, 404),
    "objections": (403, 200, 200, 200, 403, 404),
    "proxies": (403, 200, 403, 403, 403, 404),
    "sheets": (403, 200, 200, 200, 403, 404),
    "sheets/roll": (403, 200, 200, 200, 403, 404),
    "void": (403, 403, 200, 403, 403, 403),
}
OPEN = {
    "": (200, 200, 200, 200, 200, 200),
    "cast": (200, 200, 200, 200, 200, 200),
    "roll": (403, 200, 200, 200, 403, 404),
    "doors": (403, 200, 403, 200, 200, 404),
    "box": (403, 200, 403, 200, 403, 404),
    "hands": (403, 200, 403, 200, 403, 404),
    "sheets/paper": (403, 200, 200, 200, 403, 404),
    "sheets/count": (403, 200, 200, 200, 403, 404),
    "sheets/doors": (403, 200, 403, 200, 200, 404),
    "ballots": (404, 404, 404, 404, 404, 404),
    "ballots.csv": (404, 404, 404, 404, 404, 404),
    "sheets/result": (404, 404, 404, 404, 404, 404),
}
WHO = ("赵一", DESK, SECRETARY, OVERSEER, GRID, ELSEWHERE)


@pytest.fixture
def on_view(world: World, monkeypatch: pytest.MonkeyPatch) -> Polls:
    world.appoint(ELSEWHERE, Role.COMMUNITY_DESK, "石桥社区")
    made = polls(world, monkeypatch, ways=WAYS, roll="3", proxies="2")
    made.ballots.roll()
    return made


@pytest.fixture
def running(world: World, monkeypatch: pytest.MonkeyPatch) -> Polls:
    world.appoint(ELSEWHERE, Role.COMMUNITY_DESK, "石桥社区")
    return opened(world, monkeypatch, ways=WAYS)


def test_who_opens_what_while_the_roll_is_on_view(on_view: Polls) -> None:
    met = {page: tuple(on_view.status(who, page) for who in WHO) for page in ON_VIEW}
    assert met == ON_VIEW


def test_who_opens_what_while_the_vote_is_open(running: Polls) -> None:
    met = {page: tuple(running.status(who, page) for who in WHO) for page in OPEN}
    assert met == OPEN


def test_a_visitor_reads_the_vote_and_signs_in_to_cast(running: Polls) -> None:
    from django.test import Client

    client = Client()
    page = client.get(running.address())
    assert page.status_code == 200
    assert "登录后投票" in page.content.decode()
    assert client.get(running.address("cast")).status_code == 302
    assert client.get("/votes/nobody").status_code == 404


def test_the_topic_leads_to_the_vote_while_it_runs(running: Polls) -> None:
    from django.test import Client

    topic, cast = f"/topics/{running.ballots.topic}", running.address("cast")
    page = running.desk.get("赵一", topic)
    assert f'href="{cast}"' in page and "现在投票" in page and "投票到" in page
    page = Client().get(topic).content.decode()
    assert f'href="{cast}"' in page and "登录后投票" in page
    assert running.vote.until_at is not None
    running.at(running.vote.until_at)
    assert cast not in running.desk.get("赵一", topic)


def test_the_topic_says_at_its_top_that_its_last_vote_failed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch)
    topic = f"/topics/{made.ballots.topic}"
    made.ballots.cast("赵一", FOR)
    made.ballots.end()
    made.at(made.ballots.hall.now)
    with_papers(made)
    assert "上次表决" not in made.desk.get("王桂英", topic)
    assert made.deed(DESK, "close-vote").status_code == 302
    page = made.desk.get("王桂英", topic)
    assert f'<a href="{made.address()}">上次表决（今天' in page
    assert "计票）：参与不够，什么都没通过。" in page and "重新表决" in page


def test_each_page_asks_at_most_twelve_times(on_view: Polls) -> None:
    asked = {
        f"{who} {page}": statements(on_view.desk.browser(who), on_view.address(page))
        for page, statuses in ON_VIEW.items()
        for who, status in zip(WHO, statuses, strict=True)
        if status == 200
    }
    assert {page: many for page, many in asked.items() if many > MOST} == {}


def test_each_page_of_an_open_vote_asks_at_most_twelve_times(running: Polls) -> None:
    asked = {
        f"{who} {page}": statements(running.desk.browser(who), running.address(page))
        for page, statuses in OPEN.items()
        for who, status in zip(WHO, statuses, strict=True)
        if status == 200
    }
    line = running.line("李四")
    for page in (f"roll/{line}", f"doors/{line}"):
        asked[page] = statements(running.desk.browser(DESK), running.address(page))
    assert {page: many for page, many in asked.items() if many > MOST} == {}


def test_the_first_pages_show_the_votes_that_wait(running: Polls) -> None:
    for page in ("/", "/talk"):
        assert f"/votes/{running.vote.uid}/cast" in running.desk.get("赵一", page)
        assert f"/votes/{running.vote.uid}/cast" not in running.desk.get("王桂英", page)
    running.ballots.cast("赵一", FOR)
    assert running.vote.uid not in running.desk.get("赵一", "/")
    assert TOPIC in running.page("赵一")


def test_nobody_opens_a_line_of_another_vote(running: Polls) -> None:
    assert running.status(DESK, "roll/nobody") == 404
    assert running.status(DESK, "doors/nobody") == 404
    assert running.status(SECRETARY, "objections/nobody") == 404


def test_the_page_says_the_rule_with_its_source(running: Polls) -> None:
    page = running.page("王桂英")
    for said in ("民法典第二百七十八条", "投多久", "网上", "到现在的参与情况", "超过参与人数的1/2"):
        assert said in page
    assert "赵一" not in page
