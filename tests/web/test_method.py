"""工作法 on the pages: anybody reads a method, its flow charts and its sheet for the wall."""

import re
from datetime import date

import pytest
from django.test import Client

from tests.acts.hall import COMMUNITY, make_hall
from tests.acts.world import World
from tests.core.sound_method import SOUND
from tests.web.staff import at
from tests.web.test_ceilings import LIST_MOST, statements
from tests.web.test_record import sign_all
from yishi.acts import rule
from yishi.acts.door import Done
from yishi.core.person import SYSTEM
from yishi.records.models import Adoption, Entry
from yishi.rulebook.load import Bundle, read_bundle
from yishi.tlog.code import entry_code


def small(version: str = "1", id: str = "small") -> Bundle:
    """The small method of the tests, with an example beside it."""
    text = SOUND.replace('version = "1"', f'version = "{version}"', 1)
    text = text.replace('id = "small"', f'id = "{id}"', 1)
    examples = "# 例一\n到会4人，差1人，不能开。".encode()
    return read_bundle("methods", {f"{id}.toml": text.encode(), f"{id}/cases.md": examples})


@pytest.fixture
def reader(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A visitor, where 柳荫社区 works by the small method."""
    at(monkeypatch)
    make_hall(world)
    for done in (
        rule.load_bundle(world.ask(SYSTEM), small()),
        rule.adopt(world.ask(SYSTEM), world.places[COMMUNITY], small(), date(2026, 3, 1)),
    ):
        assert isinstance(done, Done), done
    return client


def get(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_a_visitor_sees_which_methods_there_are_and_who_works_by_them(reader: Client) -> None:
    page = get(reader, "/methods")
    for shown in ("小议", "大事大议，小事小议。", "社区工作法", COMMUNITY, "2026-03-01"):
        assert shown in page
    assert page.count("/methods/small/1") == 2


def test_what_is_stopped_or_still_to_begin_is_not_worked_by(reader: Client, world: World) -> None:
    Adoption.objects.filter(kind="methods").update(from_on=date(2026, 3, 12))
    assert COMMUNITY not in get(reader, "/methods")
    Adoption.objects.filter(kind="methods").update(from_on=date(2026, 3, 11))
    assert COMMUNITY in get(reader, "/methods")
    row = Adoption.objects.get(kind="methods")
    row.pk, row.uid, row.stops, row.from_on = None, world.uid(), True, date(2026, 3, 12)
    row.save(force_insert=True)
    assert COMMUNITY in get(reader, "/methods")
    Adoption.objects.filter(stops=False).update(from_on=date(2026, 3, 1))
    Adoption.objects.filter(stops=True).update(from_on=date(2026, 3, 10))
    assert COMMUNITY not in get(reader, "/methods")


def test_a_method_is_drawn_and_said_step_by_step(reader: Client) -> None:
    page = get(reader, "/methods/small/1")
    assert page.count('<svg class="flow-chart"') == 2
    assert page.count('role="region" tabindex="0" aria-label="流程图：') == 2
    table = page[page.index("大议：一步一步怎么走") :]
    cells = [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd] .*?</t[hd]>", table)]
    assert cells[:8] == [
        "步骤", "谁牵头", "多久", "然后到哪里",
        "1 征集", "居委会", "30 天内", cells[7],
    ]  # fmt: skip
    assert "初审" in cells[7]
    for shown in ("基础设施建设", "物业服务企业", "居民代表会议", "2026-04-10", "关系多数居民"):
        assert shown in page
    assert "到会4人，差1人，不能开。" in page
    # No topic is meant, so nothing is marked.
    assert "正在这一步" not in page


def test_nothing_in_a_drawing_breaks_the_content_policy(reader: Client) -> None:
    for address in ("/methods/small/1", "/methods/small/1/major/wall"):
        page = get(reader, address)
        assert " style=" not in page
        assert "<style" not in page


def test_in_english_the_drawing_speaks_english(reader: Client) -> None:
    page = get(reader, "/methods/small/1", **{"accept-language": "en"})
    assert ">does not pass<" in page
    assert "未通过" not in page


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("?paper=A3&turn=upright", "on-a3 "),
        ("?paper=A3&turn=wide", "on-a3-wide "),
        ("?paper=a4&turn=upright", "on-a4 "),
        ("?paper=A4&turn=wide", "on-a4-wide "),
        ("?paper=A0&turn=upright", "on-a3 "),
    ],
)
def test_the_sheet_for_the_wall_takes_the_paper_asked_for(
    reader: Client, asked: str, page: str
) -> None:
    sheet = get(reader, f"/methods/small/1/major/wall{asked}")
    assert f'<body class="sheet-page {page}wall-page"' in sheet
    assert "大议流程图" in sheet
    assert 'href="/methods/small/1"' in sheet


def test_the_sheet_bears_the_code_of_its_adoption_and_of_the_checkpoint(reader: Client) -> None:
    address = "/methods/small/1/major/wall"
    loaded = Entry.objects.get(code="rules.loaded", params__id="small")
    adopted = Entry.objects.get(code="rules.adopted", params__id="small")
    before = get(reader, address)
    assert entry_code(None, bytes(loaded.leaf)) in before
    assert "签名校验点" not in before
    sign_all()
    for entry, asked in ((loaded, ""), (adopted, f"?place={adopted_at()}")):
        entry.refresh_from_db()
        sheet = get(reader, address + asked)
        assert entry_code(entry.seq, bytes(entry.leaf)) in sheet
        assert f"/record/entries/{entry.seq}" in sheet
        assert "签名校验点" in sheet
        assert (COMMUNITY in sheet) == bool(asked)


def adopted_at() -> str:
    """The code of the place that works by a method."""
    return str(Adoption.objects.get(kind="methods").place.code)


@pytest.mark.parametrize(
    "address",
    [
        "/methods/none/1",
        "/methods/small/2",
        "/methods/small/1/none/wall",
        "/methods/none/1/major/wall",
        "/methods/small/1/major/wall?place=p1",
        "/methods/standard/1",
    ],
)
def test_what_is_not_there_is_not_there(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404


def test_before_any_method_is_loaded_it_says_so(client: Client, db: None) -> None:
    page = get(client, "/methods")
    assert "还没有工作法" in page


def test_the_pages_ask_as_often_for_many_methods_as_for_one(reader: Client, world: World) -> None:
    pages = ("/methods", "/methods/small/1", "/methods/small/1/major/wall")
    few = [statements(reader, page) for page in pages]
    for number in range(20):
        bundle = small(id=f"m{number}")
        assert isinstance(rule.load_bundle(world.ask(SYSTEM), bundle), Done)
        made = rule.adopt(world.ask(SYSTEM), world.places[COMMUNITY], bundle, date(2026, 3, 1))
        assert isinstance(made, Done)
    assert [statements(reader, page) for page in pages] == few
    assert max(few) <= LIST_MOST
