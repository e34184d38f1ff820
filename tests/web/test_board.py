"""The public board: what was signed off, a marker for what was taken down, nothing else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.acts.world import NOW, World
from tests.web.town import answered, done, filed, published
from yishi.acts import publication
from yishi.records.models import Case, Publication, Report

pytestmark = pytest.mark.django_db


def test_an_empty_board_says_how_it_fills(world: World, client: Client) -> None:
    assert "还没有公开的内容" in client.get("/board").content.decode()


def test_a_draft_is_not_public(world: World, client: Client) -> None:
    case = Case.objects.get(number=answered(world).number)
    done(publication.draft(world.ask("社区小周"), case.uid, "", "井盖换好", "缺井盖", "换好了"))
    assert "井盖换好" not in client.get("/board").content.decode()
    assert client.get(f"/board/{case.publication.uid}").status_code == 404


def test_a_published_matter_is_read_by_anyone_without_a_person_in_it(
    world: World, client: Client
) -> None:
    own = answered(world)
    uid = published(world, own)
    assert "井盖缺失已换好" in client.get("/board").content.decode()
    page = client.get(f"/board/{uid}")
    assert page.status_code == 200
    text = page.content.decode()
    assert "一处井盖缺失。" in text
    assert "柳荫社区居委会" in text
    for hidden in ("王桂英", "小周", "小陈", "老赵", "502", "楼下的井盖不见了", "柳荫1栋"):
        assert hidden not in text
    assert "/photo/" not in text


def test_a_matter_taken_down_leaves_its_ground(world: World, client: Client) -> None:
    uid = published(world, answered(world))
    case = Case.objects.get()
    done(publication.take_down(world.ask("街道主任"), case.uid, "写到了住户的门牌"))
    board = client.get("/board").content.decode()
    assert "写到了住户的门牌" in board
    assert "井盖缺失已换好" not in board
    page = client.get(f"/board/{uid}")
    assert page.status_code == 410
    assert "写到了住户的门牌" in page.content.decode()
    assert "一处井盖缺失。" not in page.content.decode()


def many(world: World, number: int, place: str = "柳荫社区") -> None:
    """Published rows beside the first, as an import of publications would leave them."""
    own = filed(world)
    first = Case.objects.get(number=own.number)
    for n in range(number):
        Case.objects.filter(pk=first.pk).update(place=world.places[place])
        case = Case.objects.get(pk=first.pk)
        case.pk, case.uid, case.number = None, world.uid(), f"x{place[:1]}{n}"
        case.save()
        Publication.objects.create(
            uid=world.uid(),
            case=case,
            state="published",
            title=f"{place}第{n}件",
            text="text",
            answer="answer",
            drafted_at=NOW,
            published_at=NOW,
        )


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_board_asks_the_same_number_of_statements_for_any_length(
    world: World, client: Client
) -> None:
    many(world, 10)
    ten = statements(client, "/board")
    many(world, 190, "石桥社区")
    assert statements(client, "/board") == ten
    assert ten <= 12


def test_the_board_is_paged_and_shown_by_community(world: World, client: Client) -> None:
    many(world, 21)
    many(world, 3, "石桥社区")
    assert Report.objects.count() == 2
    both = client.get("/board").content.decode()
    # The dated list and the ratings left out stand beside the twenty.
    beside = 'href="/board/listed"', 'href="/board/exclusions"'
    assert [both.count(link) for link in beside] == [1, 1]
    assert both.count('href="/board/') == 20 + 2
    stone = client.get("/board", {"place": world.places["石桥社区"].uid}).content.decode()
    assert stone.count('href="/board/') == 3 + 2
    assert client.get("/board", {"place": "nowhere"}).status_code == 200
    assert client.get("/board", {"page": "x"}).status_code == 200
