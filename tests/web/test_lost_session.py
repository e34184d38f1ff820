"""A sign-in that ran out, or a page open too long: what was typed is still there."""

import pytest
from django.test import Client

from tests.acts import works
from tests.acts.world import World
from yishi.records.models import Report
from yishi.web.draft import SLOT

pytestmark = pytest.mark.django_db
WORDS = "三楼过道的灯不亮，老人摸黑上楼。"


def sign_in(client: Client, world: World) -> None:
    client.force_login(world.people["王桂英"], backend="django.contrib.auth.backends.ModelBackend")


def typed(**changes: str) -> dict[str, str]:
    return {"text": WORDS, "nature": "complaint", "spot": "三楼过道", "key": "k-1"} | changes


def test_words_sent_after_the_sign_in_ran_out_are_kept_over_signing_in(
    world: World, client: Client
) -> None:
    sent = client.post("/b/L0", typed())
    assert (sent.status_code, sent["Location"]) == (302, "/sign-in?next=%2Fb%2FL0")
    assert Report.objects.count() == 0
    sign_in(client, world)
    page = client.get("/b/L0").content.decode()
    assert WORDS in page
    assert 'value="三楼过道"' in page
    assert "您写的都在" in page


def test_the_community_chosen_is_kept_too(world: World, client: Client) -> None:
    client.post("/report/new", typed(at=world.places["柳荫社区"].uid))
    sign_in(client, world)
    page = client.get("/report/new").content.decode()
    assert WORDS in page
    assert "柳荫社区" in page


def test_once_sent_nothing_stays_behind(world: World, client: Client) -> None:
    client.post("/b/L0", typed())
    sign_in(client, world)
    assert client.post("/b/L0", typed()).status_code == 302
    assert Report.objects.count() == 1
    assert SLOT not in client.session
    assert WORDS not in client.get("/b/L0").content.decode()


def test_an_empty_form_leaves_no_draft(world: World, client: Client) -> None:
    client.post("/b/L0", typed(text="  "))
    assert SLOT not in client.session


def test_what_was_said_of_a_project_is_kept_for_that_project_alone(
    world: World, client: Client
) -> None:
    project, other = works.scoring(world), "01AAAAAAAAAAAAAAAAAAAAAAAA"
    defect = {"words": "新铺的路又裂了", "spot": "3单元门口", "key": "k-1"}
    sent = client.post(f"/projects/{project.uid}/do/defect", defect)
    address = f"/sign-in?next=%2Fprojects%2F{project.uid}%2Fdo%2Fdefect"
    assert (sent.status_code, sent["Location"]) == (302, address)
    sign_in(client, world)
    page = client.get(f"/projects/{project.uid}/do/defect").content.decode()
    assert "新铺的路又裂了" in page and 'value="3单元门口"' in page
    assert "您写的都在" in page
    assert "您写的都在" not in client.get(f"/projects/{project.uid}/do/score").content.decode()
    assert client.post(f"/projects/{project.uid}/do/defect", defect).status_code == 302
    assert "defect_draft" not in client.session
    client.logout()
    client.post(f"/projects/{other}/do/defect", defect)
    sign_in(client, world)
    page = client.get(f"/projects/{project.uid}/do/defect").content.decode()
    assert "新铺的路又裂了" not in page


def test_a_form_without_its_token_does_nothing_and_shows_the_words_again(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(client, world)
    page = client.post("/b/L0", typed())
    assert page.status_code == 403
    assert WORDS in page.content.decode()
    assert "这一页打开太久了" in page.content.decode()
    assert Report.objects.count() == 0
