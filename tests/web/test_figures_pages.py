"""The pages of the figures: what they show, what they open, what can be taken away."""

import io
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.acts.world import NOW, World
from tests.web.scattered import scatter
from tests.web.staff import BACKEND, at
from yishi.core.figures import BY_ID
from yishi.records.models import Case
from yishi.records.queries.figures_book import forget

LINK = re.compile(r'href="(/figures/list\?[^"]+)">(\d+)[</]')
PERIODS = ("", "day", "week", "last_month", "quarter", "last_year", "year")


@pytest.fixture
def leader(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser of the leader, at one moment."""
    at(monkeypatch)
    client.force_login(world.people["街道主任"], backend=BACKEND)
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def sheet(client: Client, address: str) -> Sequence[Sequence[object]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith('.xlsx"')
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def test_the_numbers_on_the_pages_open_lists_of_that_length(world: World, leader: Client) -> None:
    scatter(world, 90, seed=5)
    pages = [text(leader, f"/figures{part}") for part in ("", "?period=year", "/by/unit")]
    links = {link for page in pages for link in LINK.findall(page)}
    assert len(links) > 60
    for href, number in sorted(links)[::4]:
        answer = leader.get(unescape(href))
        assert answer.context["count"] == int(number), href


def test_every_card_opens_its_list_and_its_whole(world: World, leader: Client) -> None:
    scatter(world, 90, seed=5)
    context = leader.get("/figures").context
    cards = [card for section in context["sections"] for card in section["figures"]]
    cards += context["rates"]["figures"]
    opened = 0
    for card in cards:
        if card.get("href"):
            found = leader.get(card["href"]).context
            value = card["value"] if card["value"].isdigit() else ""
            assert value in ("", str(found["count"])), card["label"]
            if found["other"]:
                assert leader.get(f"/figures/list{found['other']}").status_code == 200
            opened += 1
    assert opened > 15
    assert [section["id"] for section in context["sections"]] == [
        "came",
        "fast",
        "carries",
        "asserted",
    ]


def test_the_three_rates_say_their_formula_and_what_was_left_out(
    world: World, leader: Client
) -> None:
    scatter(world, 90, seed=5)
    shown = leader.get("/figures").context["rates"]
    assert shown["version"] == "三率公式第 1 版（standard），自 2021-09-24 起"
    assert shown["formula"] == "得分 = 0.1 × 响应率 + 0.5 × 解决率 + 0.4 × 满意率"
    for one in shown["left_out"]:
        assert one["count"] > 0
        assert leader.get(one["href"]).context["count"] == one["count"]


def test_an_empty_district_says_what_would_be_here(leader: Client) -> None:
    page = text(leader, "/figures")
    assert "这里没有" in page
    assert '<svg class="course"' not in page
    for address in ("/figures/by/unit", "/figures/by/month", "/figures/list?figure=overdue"):
        assert leader.get(address).status_code == 200
    assert len(sheet(leader, "/figures/list.xlsx?figure=received")) == 1


def test_one_case_makes_a_page(world: World, leader: Client) -> None:
    scatter(world, 1)
    Case.objects.update(filed_at=NOW, place=world.places["柳荫社区"])
    forget()
    for period in PERIODS:
        here = leader.get(f"/figures?period={period}").context["received"]
        assert here == (0 if period.startswith("last") else 1)


def test_a_year_before_without_matters_is_said_not_drawn(world: World, leader: Client) -> None:
    scatter(world, 3)
    Case.objects.update(filed_at=NOW, place=world.places["柳荫社区"])
    forget()
    shown = leader.get("/figures?period=month").context
    assert shown["compared"] == [
        "上一期没有收到诉求（2026年2月1日至2月11日）",
        "去年同期没有收到诉求（2025年3月1日至3月11日）",
    ]
    assert all(not card["compared"] for part in shown["sections"] for card in part["figures"])
    assert shown["course"]["earlier_word"] == ""
    assert shown["course"]["nothing_earlier"]


def test_the_year_before_is_a_line_of_its_own_and_a_column(world: World, leader: Client) -> None:
    scatter(world, 4)
    moments = [NOW, NOW, datetime(2025, 3, 2, 2, tzinfo=UTC), datetime(2026, 2, 2, 2, tzinfo=UTC)]
    for case, moment in zip(Case.objects.order_by("id"), moments, strict=True):
        Case.objects.filter(pk=case.pk).update(filed_at=moment, place=world.places["柳荫社区"])
    forget()
    shown = leader.get("/figures?period=month").context
    received = shown["sections"][0]["figures"][0]
    assert [(one["word"], one["text"]) for one in received["compared"]] == [
        ("环比", "+1（+100.0%）"),
        ("同比", "+1（+100.0%）"),
    ]
    page = text(leader, "/figures?period=year")
    assert 'class="past"' in page
    points = leader.get("/figures?period=year").context["course"]["points"]
    assert [(point["value"], point["earlier"]) for point in points] == [(1, 0), (2, 1)]


def test_days_of_ones_own_choice(world: World, leader: Client) -> None:
    scatter(world, 40, seed=3)
    page = text(leader, "/figures?period=own")
    assert page.count('type="date"') == 2
    asked = "period=own&since=2026-02-20&until=2026-03-10"
    shown = leader.get(f"/figures?{asked}")
    assert "2026年2月20日至3月10日" in shown.content.decode()
    listed = leader.get(f"/figures/list?figure=received&{asked}").context["count"]
    assert listed == shown.context["received"] > 0


ASKED = (
    ("/figures/list", 404),
    ("/figures/list?figure=x", 404),
    ("/figures/list?figure=received&part=of", 200),
    ("/figures/list?figure=received&page=99", 200),
    ("/figures?place=x", 404),
    ("/figures?unit=x", 404),
    ("/figures?time=2026-13", 422),
    ("/figures?period=x", 200),
    ("/figures?period=own&since=2026-02-30&until=2026-03-01", 422),
    ("/figures?period=own&since=2026-03-02&until=2026-03-01", 422),
    ("/figures?period=own&since=0001-01-01&until=9999-12-31", 422),
    ("/figures?period=own&since=2026-03-02", 200),
    ("/figures/by/person", 404),
    ("/figures/list.xlsx?figure=x", 404),
    ("/figures/by/item?page=99", 200),
    ("/figures/by/week", 200),
    ("/figures/by/day.xlsx", 200),
)


def test_an_address_that_asks_for_nothing_we_have(leader: Client) -> None:
    assert [(address, leader.get(address).status_code) for address, _status in ASKED] == [*ASKED]


def test_the_list_is_paged_and_can_be_taken_away(world: World, leader: Client) -> None:
    scatter(world, 150, seed=8)
    Case.objects.update(place=world.places["柳荫社区"], item_title='=HYPERLINK("http://x")')
    forget()
    page = leader.get("/figures/list?figure=received&page=2")
    assert page.context["pager"]["page"] == 2
    assert len(page.context["table"]["rows"]) == 50
    rows = sheet(leader, "/figures/list.xlsx?figure=received")
    assert len(rows) == page.context["count"] + 1 == 151
    assert rows[1][1] == '=HYPERLINK("http://x")'


def test_each_list_is_a_workbook_of_as_many_rows(world: World, leader: Client) -> None:
    scatter(world, 40, seed=11)
    for figure in sorted(BY_ID):
        for part in ("", "&part=of"):
            total = leader.get(f"/figures/list?figure={figure}{part}").context["count"]
            assert len(sheet(leader, f"/figures/list.xlsx?figure={figure}{part}")) == total + 1


def test_a_comparison_is_a_workbook_of_numbers(world: World, leader: Client) -> None:
    scatter(world, 60, seed=12)
    total = leader.get("/figures").context["received"]
    rows = sheet(leader, "/figures/by/unit.xlsx")
    assert rows[0][:4] == ["单位", "已收到", "办结", "已办结（分母：收到）"]
    assert sum(int(str(row[1]).partition(".")[0]) for row in rows[1:]) == total


def test_a_comparison_past_its_end_shows_its_last_page(world: World, leader: Client) -> None:
    scatter(world, 30, seed=10)
    whole = leader.get("/figures/by/item").context
    past = leader.get("/figures/by/item?page=99").context
    assert (past["pager"]["page"], past["pager"]["pages"]) == (1, 1)
    assert past["table"]["rows"] == whole["table"]["rows"] != []


def test_a_workbook_is_bounded_and_says_so(
    world: World, leader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scatter(world, 40, seed=9)
    monkeypatch.setattr("yishi.web.figures.ROWS_MAX", 10)
    page = leader.get("/figures/list?figure=received")
    assert page.context["too_many"] == 10
    rows = sheet(leader, "/figures/list.xlsx?figure=received")
    assert len(rows) == 12
    assert str(page.context["count"]) in str(rows[-1][0])


def test_statements_stay_the_same_for_ten_cases_and_many(
    world: World,
    leader: Client,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[list[object]]],
) -> None:
    made: dict[str, list[int]] = {}
    for count in (10, 200):
        scatter(world, count, seed=count)
        for address in (
            "/figures",
            "/figures?period=year",
            "/figures/by/unit",
            "/figures/by/day",
            "/figures/list?figure=received",
            "/figures/list.xlsx?figure=received",
            "/figures/by/place.xlsx",
        ):
            # Read anew, then warm: cold is within the ceiling too.
            for _ in range(2):
                with django_assert_max_num_queries(12) as statements:
                    assert leader.get(address).status_code == 200
            made.setdefault(address, []).append(len(statements))
    assert all(few == many for few, many in made.values()), made


def test_those_without_a_place_to_answer_for_see_no_figures(world: World, client: Client) -> None:
    assert client.get("/figures").status_code == 302
    for who in ("王桂英", "城管小孙", "管理员", "网格员小陈"):
        client.force_login(world.people[who], backend=BACKEND)
        for address in (
            "/figures",
            "/figures/list?figure=received",
            "/figures/list.xlsx?figure=received",
            "/figures/by/unit",
            "/figures/by/unit.xlsx",
        ):
            assert client.get(address).status_code == 403
