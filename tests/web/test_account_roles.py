"""The page of one-click roles is there in the demo, and nowhere else."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.acts.world import World, make_world
from tests.web.signing import who_is
from yishi.core.person import Role
from yishi.records.models import Person
from yishi.site.checks import refusals

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    """A district in which two people are of the demo."""
    made = make_world()
    made.appoint("demo-dispatcher", Role.DISPATCHER, "望江街道", "望江街道办事处")
    made.person("demo-resident", "13700000001")
    return made


def test_outside_the_demo_there_is_no_such_page(client: Client, world: World) -> None:
    assert client.get("/demo/roles").status_code == 404
    assert client.post("/demo/roles", {"login": "demo-dispatcher"}).status_code == 404
    assert who_is(client) == ""


def test_in_the_demo_everybody_of_it_is_listed_by_role(
    client: Client, world: World, settings: Settings
) -> None:
    settings.YISHI_DEMO = True
    groups = client.get("/demo/roles").context["groups"]
    assert [[one["login"] for one in group["people"]] for group in groups] == [
        ["demo-resident"],
        ["demo-dispatcher"],
    ]
    assert groups[1]["people"][0]["at"] == "望江街道 · 望江街道办事处"


@pytest.mark.parametrize(("login", "home"), [("demo-dispatcher", "/work"), ("demo-resident", "/")])
def test_one_click_and_one_is_that_person(
    client: Client, world: World, settings: Settings, login: str, home: str
) -> None:
    settings.YISHI_DEMO = True
    assert client.post("/demo/roles", {"login": login})["Location"] == home
    assert who_is(client) == login


def test_nobody_else_can_be_had(client: Client, world: World, settings: Settings) -> None:
    settings.YISHI_DEMO = True
    assert client.post("/demo/roles", {"login": "街道主任"}).status_code == 404
    assert who_is(client) == ""


def test_the_list_costs_the_same_for_many(
    client: Client, world: World, settings: Settings, django_assert_num_queries: object
) -> None:
    settings.YISHI_DEMO = True
    for number in range(30):
        world.person(f"demo-more-{number}", f"1360000{number:04}")
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get("/demo/roles")
    assert Person.objects.filter(login__startswith="demo-").count() == 32


def test_production_does_not_start_with_this_page(settings: Settings) -> None:
    settings.YISHI_MODE = "production"
    sentence = "Production refuses the demo's page on which anybody may be anybody."
    assert sentence not in refusals()
    settings.YISHI_DEMO = True
    assert sentence in refusals()
