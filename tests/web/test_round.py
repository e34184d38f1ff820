"""The pages of rounds of small works: reading one, wishing, the desk of the screening."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.acts.hall import DESK, SECRETARY, Hall
from tests.acts.rounds import passed, proposed, round_at, taken_to, wish
from tests.acts.works import live_at
from tests.acts.world import World
from tests.web.staff import Desk, at, jpeg
from tests.web.test_ceilings import statements
from tests.web.test_meeting import Room
from yishi.acts.round import ending
from yishi.phrases.clock import say_by
from yishi.records.models import Message, Project, Proposal, ProposalPhoto
from yishi.records.queries.own import own_data
from yishi.records.queries.round import round_of

RESIDENT, NEIGHBOUR = "王桂英", "李建国"
MOST = 12


class Town:
    """A round in 柳荫社区 and everybody's browsers, at one moment."""

    def __init__(self, world: World, patch: pytest.MonkeyPatch, stage: str = "call") -> None:
        self.hall, self.uid = round_at(world, stage)
        self.patch = patch
        self.desk = Desk(world, at(patch, self.hall.now))

    @property
    def world(self) -> World:
        return self.hall.world

    def to(self, stage: str) -> None:
        """The round stands in that stage now, for everybody."""
        taken_to(self.hall, self.uid, stage)
        self.desk.now = at(self.patch, self.hall.now)
        self.desk.browsers.clear()

    def send(self, who: str, address: str, **fields: Any) -> Any:
        """What the server answers to a form."""
        self.desk.keys += 1
        return self.desk.browser(who).post(address, {"key": f"form-{self.desk.keys}", **fields})

    def wished(self, who: str = RESIDENT, **more: Any) -> Any:
        """The form of a wish, sent as a phone sends it."""
        fields = {"title": "门口装一盏路灯", "kind": "works", "building": "", **more}
        return self.send(who, f"/rounds/{self.uid}/propose", **fields)


@pytest.fixture
def town(world: World, monkeypatch: pytest.MonkeyPatch) -> Town:
    return Town(world, monkeypatch)


def test_anybody_reads_the_terms_and_until_when_wishes_are_taken(town: Town) -> None:
    page = Client().get(f"/rounds/{town.uid}").content.decode()
    for said in (
        "500,000 元",
        "居民自家的开支",
        "道路、围墙、路灯、门岗",
        "微实事专项资金",
        "我要申报",
    ):
        assert said in page, said
    assert "现在征集，截止" in page
    listed = Client().get("/rounds").content.decode()
    assert "2026年第一轮微实事" in listed and f"/rounds/{town.uid}" in listed


def test_a_visitor_signs_in_before_wishing(town: Town) -> None:
    answer = Client().get(f"/rounds/{town.uid}/propose")
    assert answer.status_code == 302 and "/sign-in" in answer["Location"]


def test_a_photo_one_sentence_and_the_place_are_a_wish(town: Town) -> None:
    town.desk.get(RESIDENT, f"/rounds/{town.uid}/propose")
    building = town.world.buildings["柳荫1栋"].uid
    answer = town.wished(building=building, photos=jpeg())
    row = Proposal.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/proposals/{row.uid}"
    assert (row.title, row.words, row.building) == (
        "门口装一盏路灯",
        "门口装一盏路灯",
        town.world.buildings["柳荫1栋"],
    )
    photo = ProposalPhoto.objects.get()
    assert Client().get(f"/proposals/photo/{photo.uid}")["Content-Type"] == "image/jpeg"
    assert row.number[:4] in town.desk.get(RESIDENT, "/proposals").replace("-", "")


def test_names_and_phones_are_hidden_from_neighbours_and_not_from_the_desk(town: Town) -> None:
    town.wished(words="晚上黑，找我13800138000")
    uid = Proposal.objects.get().uid
    town.world.people[RESIDENT].refresh_from_db()
    neighbour = town.desk.get(NEIGHBOUR, f"/proposals/{uid}")
    assert "13800138000" not in neighbour and "王桂英" not in neighbour
    assert "晚上黑" in neighbour and "王某" in neighbour
    for who in (RESIDENT, DESK):
        page = town.desk.get(who, f"/proposals/{uid}")
        assert "13800138000" in page and "王桂英" in page


def test_the_same_wish_is_shown_before_a_second_one_is_sent(town: Town) -> None:
    wish(town.hall, town.uid, "门口装一盏路灯")
    shown = town.wished(NEIGHBOUR)
    assert shown.status_code == 200 and "已经有类似的心愿了" in shown.content.decode()
    assert Proposal.objects.count() == 1
    assert town.wished(NEIGHBOUR, seen="yes").status_code == 302
    assert Proposal.objects.count() == 2


def test_ones_own_wish_opened_again_and_sent_is_shown_as_ones_own(town: Town) -> None:
    assert town.wished(key="first").status_code == 302
    assert town.wished(key="first").status_code == 302
    again = town.wished(key="second")
    assert again.status_code == 200
    page = again.content.decode()
    assert "已经有类似的心愿了" in page and "我的" in page[page.index('id="alike"') :][:2000]
    assert Proposal.objects.count() == 1


def test_where_wishes_are_taken_the_clock_is_theirs(town: Town) -> None:
    held = round_of(town.uid)
    assert held is not None and held.call.until_at is not None
    until = f"申报到{say_by(held.call.until_at, town.hall.now)}止"
    for address in ("/rounds", "/talk"):
        assert until in town.desk.get(RESIDENT, address), address


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "请写一句话"),
        ({"title": "路" * 81}, "80"),
        ({"title": "找13800138000修路"}, "电话"),
        ({"words": "长" * 200_000}, "字"),
        ({"kind": "airport"}, "请"),
        ({"building": "nowhere"}, "请"),
    ],
)
def test_what_a_wish_lacks_is_said_and_nothing_is_lost(
    town: Town, fields: dict[str, str], said: str
) -> None:
    answer = town.wished(**{"spot": "东门边上", **fields})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and "东门边上" in page
    assert not Proposal.objects.exists()


def test_no_wish_is_written_in_vain_before_or_after_the_call(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Town(world, monkeypatch, "terms")
    answer = town.desk.browser(RESIDENT).get(f"/rounds/{town.uid}/propose")
    assert answer.status_code == 422 and "现在不在征集期" in answer.content.decode()
    assert "我要申报" not in town.desk.get(RESIDENT, f"/rounds/{town.uid}")


def test_its_author_says_it_otherwise_and_takes_it_back(town: Town) -> None:
    town.wished()
    uid = Proposal.objects.get().uid
    assert "撤回" in town.desk.get(RESIDENT, f"/proposals/{uid}")
    assert "撤回申报" not in town.desk.get(NEIGHBOUR, f"/proposals/{uid}")
    assert town.desk.browser(NEIGHBOUR).get(f"/proposals/{uid}/withdraw").status_code == 403
    changed = {"title": "门口装两盏路灯", "kind": "works", "version": 1}
    assert town.send(RESIDENT, f"/proposals/{uid}/change", **changed).status_code == 302
    assert Proposal.objects.get().title == "门口装两盏路灯"
    assert town.send(RESIDENT, f"/proposals/{uid}/withdraw", version=2).status_code == 302
    assert Proposal.objects.get().state == "withdrawn"


def test_what_one_is_told_of_a_wish_leads_to_it(town: Town) -> None:
    town.wished()
    row = Proposal.objects.get()
    page = town.desk.get(RESIDENT, "/messages")
    assert "门口装一盏路灯" in page and f"/m/{row.number}" in page
    answer = town.desk.browser(RESIDENT).get(f"/m/{row.number}")
    assert answer["Location"] == f"/proposals/{row.uid}"
    assert Message.objects.get(template="proposal.filed").read_at is not None


def test_ones_own_copy_holds_ones_own_wishes(town: Town) -> None:
    wish(town.hall, town.uid, "门口装一盏路灯")
    wish(town.hall, town.uid, "院内路面修平", NEIGHBOUR)
    own = own_data(town.world.people[RESIDENT], town.hall.now)["proposals"]
    assert [row["title"] for row in own] == ["门口装一盏路灯"]


def test_where_one_lives_a_call_stands_on_the_first_page(town: Town) -> None:
    assert "家门口您最想办哪一件" not in town.desk.browser(RESIDENT).get("/").content.decode()
    live_at(town.world, "柳荫1栋", RESIDENT)
    page = town.desk.browser(RESIDENT).get("/").content.decode()
    assert "家门口您最想办哪一件" in page and f'href="/rounds/{town.uid}/propose"' in page
    assert "家门口您最想办哪一件" not in Client().get("/").content.decode()
    town.to("screen")
    assert "家门口您最想办哪一件" not in town.desk.browser(RESIDENT).get("/").content.decode()


def test_wishes_to_screen_wait_on_the_first_screen_of_whoever_screens(town: Town) -> None:
    town.wished()
    screen = f'href="/rounds/{town.uid}/screen"'
    assert screen not in town.desk.browser(DESK).get("/work").content.decode()
    town.to("screen")
    for who in (DESK, SECRETARY):
        page = town.desk.browser(who).get("/work").content.decode()
        assert "待初选的申报" in page and screen in page, who


def test_the_desk_of_the_screening_is_for_whoever_screens(town: Town) -> None:
    wish(town.hall, town.uid, "门口装一盏路灯")
    town.to("screen")
    address = f"/rounds/{town.uid}/screen"
    assert "门口装一盏路灯" in town.desk.get(SECRETARY, address)
    assert town.desk.browser(RESIDENT).get(address).status_code == 403
    assert address in town.desk.get(SECRETARY, f"/rounds/{town.uid}")
    assert address not in town.desk.get(RESIDENT, f"/rounds/{town.uid}")


def test_a_wish_is_passed_joined_or_refused_at_the_desk(town: Town) -> None:
    first = wish(town.hall, town.uid, "门口装一盏路灯")
    second = wish(town.hall, town.uid, "大门口装路灯", NEIGHBOUR)
    third = wish(town.hall, town.uid, "给我家换个门")
    town.to("screen")
    made = {
        "planned": "no",
        "checked": "查过街道今年的计划",
        "title": "大门口装一盏路灯",
        "words": "装一盏太阳能路灯",
        "kind": "works",
        "version": 1,
    }
    desk = f"/rounds/{town.uid}/screen"
    # Of the three answers only the one that turns it down is in red.
    assert town.desk.get(SECRETARY, desk).count('<button class="button danger">') == 1
    lacks = town.send(SECRETARY, f"/proposals/{first}/pass", **{**made, "checked": ""})
    assert lacks.status_code == 422 and "装一盏太阳能路灯" in lacks.content.decode()
    planned = town.send(SECRETARY, f"/proposals/{first}/pass", **{**made, "planned": "yes"})
    assert planned.status_code == 422 and "不能立项" in planned.content.decode()
    answer = town.send(SECRETARY, f"/proposals/{first}/pass", **made)
    assert answer.status_code == 302 and answer["Location"] == desk
    project = Project.objects.get()
    assert "门口装一盏路灯" in town.desk.get(SECRETARY, f"{desk}?wish={second}")
    joined = {"project": project.uid, "words": "同一盏灯", "version": 1}
    assert town.send(SECRETARY, f"/proposals/{second}/join", **joined).status_code == 302
    refused = {"ground": "private", "words": "自家的门", "version": 1}
    assert town.send(SECRETARY, f"/proposals/{third}/refuse", **refused).status_code == 302
    assert proposed(town.hall, town.uid) == []
    assert "全部审完" in town.desk.get(SECRETARY, desk)
    page = town.desk.get(RESIDENT, f"/proposals/{third}")
    assert "居民自家的开支" in page and "自家的门" in page
    assert "大门口装一盏路灯" in Client().get(f"/proposals/{second}").content.decode()


def test_of_two_who_screen_one_wish_the_second_is_told_and_keeps_their_words(town: Town) -> None:
    uid = wish(town.hall, town.uid, "门口装一盏路灯")
    town.to("screen")
    refused = {"ground": "private", "words": "自家的事", "version": 1}
    assert town.send(SECRETARY, f"/proposals/{uid}/refuse", **refused).status_code == 302
    late = town.send(DESK, f"/proposals/{uid}/refuse", **{**refused, "words": "我也这么看"})
    assert late.status_code == 422 and "我也这么看" in late.content.decode()


def test_one_project_split_in_two_is_pointed_out(town: Town) -> None:
    first = wish(town.hall, town.uid, "东边墙面翻新")
    wish(town.hall, town.uid, "西边墙面翻新")
    town.to("screen")
    page = town.desk.get(SECRETARY, f"/rounds/{town.uid}/screen?wish={first}")
    assert "是不是一个项目拆开报" in page and "西边墙面翻新" in page


def test_a_topic_and_its_round_lead_to_each_other(town: Town) -> None:
    assert f"/rounds/{town.uid}" in town.desk.get(RESIDENT, f"/topics/{town.uid}")
    assert f"/topics/{town.uid}" in town.desk.get(RESIDENT, f"/rounds/{town.uid}")
    assert f"/rounds/{town.uid}" in town.desk.get(RESIDENT, "/talk")


def test_a_matter_leads_to_the_round_that_takes_wishes_where_it_is(town: Town) -> None:
    case = town.desk.filed("门口没有路灯")
    propose = f"/rounds/{town.uid}/propose?case={case.uid}"
    own = town.desk.get(RESIDENT, f"/reports/{case.links.get().report.uid}")
    assert propose in own
    assert propose in town.desk.get(DESK, f"/cases/{case.uid}")
    page = town.desk.get(RESIDENT, f"{propose}&title=门口没有路灯")
    assert 'value="门口没有路灯"' in page and case.uid in page


def test_the_desk_ends_the_call_once_its_days_are_over(town: Town) -> None:
    wish(town.hall, town.uid, "门口装一盏路灯")
    address = f"/topics/{town.uid}/do/end-projects"
    assert address not in town.desk.get(DESK, f"/topics/{town.uid}")
    early = town.desk.browser(DESK).get(address)
    assert early.status_code == 422 and "征集还没到期" in early.content.decode()
    assert town.desk.browser(RESIDENT).get(address).status_code == 403
    town.hall.now += timedelta(days=31)
    town.desk.now = at(town.patch, town.hall.now)
    town.desk.browsers.clear()
    assert "1 件进入下一步" in town.desk.get(DESK, address)
    version = town.hall.topic(town.uid).version
    assert town.send(DESK, address, version=version).status_code == 302
    assert town.hall.topic(town.uid).stage == "screen"


def test_there_is_a_form_of_each_wish_and_a_list_of_the_screening_for_print(town: Town) -> None:
    uid = wish(town.hall, town.uid, "门口装一盏路灯")
    town.to("screen")
    passed(town.hall, uid)
    form = Client().get(f"/proposals/{uid}/sheet").content.decode()
    assert "项目申报表" in form and "验真码" in form and "王桂英" not in form
    sheet = Client().get(f"/rounds/{town.uid}/sheet").content.decode()
    assert "初选评审表" in sheet and "门口装一盏路灯" in sheet


@pytest.mark.parametrize(
    "address",
    ["/rounds/{0}", "/rounds/{0}/screen", "/rounds/{0}/propose", "/rounds/{0}/sheet",
     "/proposals/{0}", "/proposals/{0}/pass", "/proposals/{0}/sheet", "/proposals/photo/{0}"],
)  # fmt: skip
def test_what_is_not_there_is_said_so(town: Town, address: str) -> None:
    assert town.desk.browser(SECRETARY).get(address.format("nothing")).status_code == 404
    assert town.desk.browser(SECRETARY).get(address.format("路" * 300)).status_code == 404


def test_a_page_asks_as_often_for_many_wishes_as_for_few(town: Town) -> None:
    def many(hall: Hall, number: int) -> None:
        one = Proposal.objects.get(uid=wish(hall, town.uid, "门口装一盏路灯"))
        copies = []
        for no in range(number):
            one.pk, one.uid, one.number = None, f"copy{no}", f"26{no:09}"
            copies.append(Proposal(**{f.attname: getattr(one, f.attname) for f in FIELDS}))
        Proposal.objects.bulk_create(copies)

    many(town.hall, 120)
    pages = [
        (RESIDENT, "/rounds"),
        (RESIDENT, f"/rounds/{town.uid}"),
        (RESIDENT, "/proposals"),
        (RESIDENT, "/talk"),
        (RESIDENT, f"/rounds/{town.uid}/propose"),
        (RESIDENT, f"/proposals/{Proposal.objects.first().uid}"),  # type: ignore[union-attr]
        (DESK, f"/rounds/{town.uid}"),
    ]
    for who, address in pages:
        asked = statements(town.desk.browser(who), address)
        assert asked <= MOST, (who, address, asked)
    town.hall.now += timedelta(days=31)
    town.hall.did(ending.end_projects(town.world.ask(DESK, town.hall.now), town.uid))
    at(town.patch, town.hall.now)
    town.desk.browsers.clear()
    asked = statements(town.desk.browser(SECRETARY), f"/rounds/{town.uid}/screen")
    assert asked <= 20, asked


FIELDS = [f for f in Proposal._meta.concrete_fields if f.name != "id"]


def test_an_item_of_a_talk_leads_to_the_wish_it_becomes(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(town.hall, town.desk, monkeypatch)
    uid = room.call(rhythm="", starts_at=town.hall.now + timedelta(days=10))
    room.at(room.row(uid).starts_at)
    room.does(RESIDENT, f"/in/{room.row(uid).code}/here")
    room.does(DESK, f"/meetings/{uid}/do/open")
    asked = f"/rounds/{town.uid}/propose?meeting={uid}&title="
    page = unescape(town.desk.get(DESK, f"/meetings/{uid}/desk"))
    assert "作为心愿申报" in page and asked in page
    form = town.desk.get(DESK, f"{asked}楼道照明")
    assert 'value="楼道照明"' in form and f'<option value="{uid}" selected>' in form
    assert town.wished(DESK, title="楼道照明", meeting=uid).status_code == 302
    after = unescape(town.desk.get(DESK, f"/meetings/{uid}/desk"))
    assert "已申报为心愿" in after and "已申报为心愿" not in page
    for said in ("还没议", "作为心愿申报"):
        assert after.count(said) == page.count(said) - 1, said
