"""Every room of the administrator opens for them, and for nobody else."""

import pytest
from django.test import Client

from tests.acts.world import World
from yishi.records.models import Appointment, BundleRow, DutyRow

ROOMS = [
    "/places",
    "/places/p0",
    "/places/p2",
    "/places/p2/posters",
    "/places/buildings/L0/poster",
    "/places/load",
    "/people",
    "/people?which=staff",
    "/people?which=residents",
    "/people?q=13800000001",
    "/people/load",
    "/appointments",
    "/appointments?role=grid_worker&place=p2",
    "/appointments?soon=yes",
    "/appointments/load",
    "/appointments/hand-over",
    "/rules",
    "/rules?place=p2",
    "/rules/load",
    "/rules/calendar",
    "/rules/duties",
    "/rules/duties?q=井盖&unit=区城市管理局",
]


def sign_in(world: World, client: Client, who: str = "管理员") -> Client:
    client.force_login(world.people[who], "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("address", ROOMS)
def test_a_room_opens_for_the_administrator_only(
    world: World, client: Client, address: str
) -> None:
    assert client.get(address).status_code == 302
    assert sign_in(world, client, "分拨员老赵").get(address).status_code == 403
    assert sign_in(world, client, "审计员").get(address).status_code == 403
    assert sign_in(world, client).get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/places/none",
        "/places/buildings/none/poster",
        "/people/none",
        "/rules?place=none",
        "/rules/duties/none",
        "/rules/files/casework/none/1",
        "/places/load/errors/none",
    ],
)
def test_what_is_not_there_is_said_kindly(world: World, client: Client, address: str) -> None:
    assert sign_in(world, client).get(address).status_code == 404


def test_a_lower_administrator_sees_their_own_place_only(world: World, client: Client) -> None:
    world.place("对岸街道", "subdistrict", "清河区")  # type: ignore[arg-type]
    world.appoint("街道管理员", "administrator", "望江街道")  # type: ignore[arg-type]
    sign_in(world, client, "街道管理员")
    assert client.get("/places").status_code == 200
    assert client.get("/places/p0").status_code == 404
    assert client.get("/places/p4").status_code == 404
    assert client.get("/places/p2").status_code == 200
    shown = client.get("/appointments").content.decode()
    assert "分拨员老赵" in shown
    assert "督查员老冯" not in shown
    assert "督查员老冯" not in client.get("/people?which=staff").content.decode()


def test_phones_are_masked_and_found_when_typed_whole(world: World, client: Client) -> None:
    world.people["王桂英"].phone = "+8613800000001"
    world.people["王桂英"].save()
    sign_in(world, client)
    page = client.get("/people?q=138 0000 0001").content.decode()
    assert "王桂英" in page
    assert "138****0001" in page
    assert "李建国" not in page
    assert "13800000001" not in page.replace("138 0000 0001", "")


def test_the_poster_carries_the_address_of_its_building(world: World, client: Client) -> None:
    page = sign_in(world, client).get("/places/buildings/L0/poster").content.decode()
    assert "http://testserver/b/L0" in page
    assert "data:image/svg+xml" in page
    assert "柳荫1栋" in page


def test_a_rule_file_is_shown_with_its_digest(world: World, client: Client) -> None:
    row = BundleRow.objects.get(kind="casework")
    page = sign_in(world, client).get(f"/rules/files/casework/{row.name}/{row.version}")
    assert row.sha256 in page.content.decode()
    assert page.status_code == 200


def test_a_row_of_the_responsibility_list_shows_its_ground(world: World, client: Client) -> None:
    row = DutyRow.objects.get(title="井盖缺失")
    row.basis = "城市道路管理条例第二十三条"
    row.save()
    page = sign_in(world, client).get(f"/rules/duties/{row.uid}").content.decode()
    assert "城市道路管理条例第二十三条" in page
    assert "区城市管理局" in page


def test_a_post_is_given_and_ended_on_the_persons_page(world: World, client: Client) -> None:
    sign_in(world, client)
    uid = world.people["王桂英"].uid
    assert client.get(f"/people/{uid}").status_code == 200
    assert "柳荫社区" in client.get(f"/people/{uid}/give").content.decode()
    place = world.places["柳荫社区"].uid
    assert client.get(f"/people/{uid}/give?place={place}").status_code == 200
    form = {"key": "give-1", "place": place, "role": "grid_worker", "from_on": "2026-03-11"}
    refused = client.post(f"/people/{uid}/give", form)
    assert refused.status_code == 422
    grid = world.grids["柳荫第一网格"].uid
    given = client.post(f"/people/{uid}/give", {**form, "key": "give-2", "grouping": grid})
    assert given.status_code == 302
    row = Appointment.objects.get(person=world.people["王桂英"])
    ended = client.post(f"/people/{uid}/end", {"key": "end-1", "post": row.uid, "on": "2026-06-01"})
    assert ended.status_code == 302
    row.refresh_from_db()
    assert row.until_on is not None and row.until_on.isoformat() == "2026-06-01"
    backwards = {"key": "end-2", "post": row.uid, "on": "2025-06-01"}
    assert client.post(f"/people/{uid}/end", backwards).status_code == 422


def test_nobody_appoints_themself_on_a_page(world: World, client: Client) -> None:
    sign_in(world, client)
    form = {
        "key": "self",
        "place": world.places["清河区"].uid,
        "role": "leader",
        "from_on": "2026-03-11",
    }
    answer = client.post(f"/people/{world.people['管理员'].uid}/give", form)
    assert answer.status_code == 422
    assert "网络安全等级保护第三级" in answer.content.decode()


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-02-30"])
def test_a_day_that_is_none_is_refused_and_nothing_is_lost(
    world: World, client: Client, day: str
) -> None:
    sign_in(world, client)
    form = {
        "key": "day",
        "place": world.places["望江街道"].uid,
        "role": "leader",
        "from_on": day,
        "office": "副主任",
    }
    answer = client.post(f"/people/{world.people['王桂英'].uid}/give", form)
    assert answer.status_code == 422
    assert "副主任" in answer.content.decode()


def test_posts_are_handed_over_on_one_screen(world: World, client: Client) -> None:
    giver, taker = world.people["社区小周"], world.people["王桂英"]
    type(giver).objects.update(is_staff_member=True)
    for person, phone in ((giver, "+8613912340001"), (taker, "+8613912340002")):
        person.phone = phone
        person.save()
    sign_in(world, client)
    asked = {"from": "13912340001", "to": "13912340002", "on": "2026-03-11"}
    shown = client.get("/appointments/hand-over", asked)
    rows = [post["uid"] for post in shown.context["posts"]]
    assert len(rows) == 2
    done = client.post("/appointments/hand-over", {**asked, "key": "hand", "post": rows})
    assert done.status_code == 302
    assert Appointment.objects.filter(person=taker, until_on=None).count() == 2
    nobody = client.get("/appointments/hand-over", {**asked, "from": "13900000000"})
    assert nobody.status_code == 200
    assert nobody.context["refusal"] is not None
    nothing = {**asked, "key": "hand-2", "from": "13912340002", "to": "13912340001"}
    assert client.post("/appointments/hand-over", nothing).status_code == 422
