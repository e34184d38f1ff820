"""Raise a matter on a phone, follow it, rate it; nothing typed is lost, nothing is doubled."""

import io
import re
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from tests.acts.world import NOW, World
from tests.web.town import answered, done, filed, page_of, picture, rating, signed_in
from yishi.acts.case import intake
from yishi.core.number import show_number
from yishi.records.models import Attachment, Case, Link, Rating, Report

pytestmark = pytest.mark.django_db
WORDS = "楼下的井盖不见了，\n昨晚差点有人掉下去"


def upload(data: bytes, name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def bomb() -> bytes:
    """A PNG whose header promises 60,000 × 60,000 pixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def form(**changes: Any) -> dict[str, Any]:
    return {"key": "k-1", "text": WORDS, "nature": "help", "spot": "东门旁", **changes}


@pytest.fixture
def wang(world: World) -> Client:
    return signed_in(world, "王桂英")


@pytest.mark.parametrize("address", ["/report/new", "/b/L0", "/reports", "/reports/x"])
def test_a_visitor_signs_in_first_and_comes_back(
    world: World, client: Client, address: str
) -> None:
    page = client.get(address)
    assert page.status_code == 302
    assert page["Location"].startswith("/sign-in?next=%2F")


def test_a_buildings_code_fills_in_the_place_and_the_number_is_told(
    world: World, wang: Client
) -> None:
    page = wang.get("/b/L0")
    assert page.status_code == 200
    assert "柳荫社区 · 柳荫1栋" in page.content.decode()
    sent = wang.post("/b/L0", form(photos=[upload(picture()), upload(picture("blue"))]))
    own = Report.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, f"/reports/{own.uid}/filed")
    assert (own.words, own.building, own.spot) == (WORDS, world.buildings["柳荫1栋"], "东门旁")
    assert own.channel == "building_code"
    assert Attachment.objects.filter(report=own).count() == 2
    told = wang.get(sent["Location"]).content.decode()
    assert show_number(own.number) in told
    assert "我们已经收到" in told
    assert "望江街道分拨员" in told


def test_without_a_code_the_community_is_chosen_from_a_list(world: World, wang: Client) -> None:
    uid = world.places["柳荫社区"].uid
    assert f"/report/new?at={uid}" in wang.get("/report/new").content.decode()
    shown = wang.get("/report/new", {"at": uid}).content.decode()
    assert world.buildings["柳荫2栋"].uid in shown
    wang.post("/report/new", form(at=uid, building=world.buildings["柳荫2栋"].uid))
    wang.post("/report/new", form(at=uid, building="", key="k-2"))
    assert list(Report.objects.order_by("id").values_list("building__name", "place__name")) == [
        ("柳荫2栋", "柳荫社区"),
        (None, "柳荫社区"),
    ]


def test_a_second_click_files_once(world: World, wang: Client) -> None:
    first = wang.post("/b/L0", form(photos=[upload(picture())]))
    again = wang.post("/b/L0", form(photos=[upload(picture())]))
    assert again["Location"] == first["Location"]
    assert Report.objects.count() == 1


def test_a_browsers_ends_of_line_count_once(world: World, wang: Client) -> None:
    words = "一\r\n" * 900
    assert wang.post("/b/L0", form(text=words)).status_code == 302
    assert "\r" not in Report.objects.get().words


BAD = {
    "no words": ({"text": ""}, "请至少写一句话"),
    "only spaces": ({"text": " \n "}, "请至少写一句话"),
    "only unseen signs": ({"text": "\0\0"}, "请至少写一句话"),
    "unseen signs and no kind": ({"text": "井盖\0不见了", "nature": ""}, "请选一下这是哪一类事"),
    "too long": ({"text": "字" * 2001}, "最多2000个字，现在有2001个"),
    "a kind nobody knows": ({"nature": "poetry"}, "请选一下这是哪一类事"),
    "no kind": ({"nature": ""}, "请选一下这是哪一类事"),
    "a spot too long": ({"spot": "远" * 121}, "spot"),
    "not a photo": ({"photos": [upload(b"MZ not a picture")]}, "photos"),
    "an empty photo": ({"photos": [upload(b"")]}, "photos"),
    "a bomb": ({"photos": [upload(bomb())]}, "photos"),
    "half a photo": ({"photos": [upload(picture(size=(900, 900))[:400])]}, "photos"),
    "too large": ({"photos": [upload(b"\xff\xd8" + b"0" * 10_000_001)]}, "photos"),
    "too many": ({"photos": [upload(picture()) for _ in range(7)]}, "photos"),
}


@pytest.mark.parametrize(("changes", "said"), BAD.values(), ids=list(BAD))
def test_bad_input_shows_the_form_again_with_everything_kept(
    world: World, wang: Client, changes: dict[str, Any], said: str
) -> None:
    for each in changes.get("photos", []):
        each.seek(0)
    sent = form(**changes)
    page = wang.post("/b/L0", sent)
    assert page.status_code == 422
    text = page.content.decode()
    assert "还没有提交" in text or 'id="errors"' in text
    assert said in text
    for name in ("text", "spot"):
        assert escape(sent[name].replace("\0", "")[:50]) in text
    assert Report.objects.count() == 0


def test_a_good_photo_beside_a_bad_one_need_not_be_chosen_again(world: World, wang: Client) -> None:
    page = wang.post("/b/L0", form(photos=[upload(picture()), upload(b"no")])).content.decode()
    tokens = re.findall(r'name="kept_photos" value="([^"]+)"', page)
    assert len(tokens) == 1
    assert wang.post("/b/L0", form(kept_photos=tokens)).status_code == 302
    assert Attachment.objects.count() == 1


def test_kept_photos_can_be_left_out_and_are_ones_own(world: World, wang: Client) -> None:
    page = wang.post("/b/L0", form(text="", photos=[upload(picture())])).content.decode()
    tokens = re.findall(r'name="kept_photos" value="([^"]+)"', page)
    signed_in(world, "李建国").post("/b/L0", form(kept_photos=tokens, key="k-2"))
    wang.post("/b/L0", form(kept_photos=[*tokens, "forged"], drop_photos="1"))
    assert Report.objects.count() == 2
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({"at": "nowhere"}, "请选择事情发生在哪个社区"),
        ({}, "请选择事情发生在哪个社区"),
        ({"at": "柳荫社区", "building": "nothing"}, "没有找到这一栋"),
    ],
)
def test_an_unknown_place_keeps_the_words(
    world: World, wang: Client, place: dict[str, str], said: str
) -> None:
    sent = {**place}
    if place.get("at") in world.places:
        sent["at"] = world.places[place["at"]].uid
    page = wang.post("/report/new", form(**sent))
    assert page.status_code == 422
    assert said in page.content.decode()
    assert "昨晚差点有人掉下去" in page.content.decode()
    chosen = wang.post("/report/new", form(place=world.places["石桥社区"].uid))
    assert chosen.status_code == 302
    assert Report.objects.get().place == world.places["石桥社区"]


def test_a_building_of_another_community_is_not_taken(world: World, wang: Client) -> None:
    stone = world.places["石桥社区"].uid
    page = wang.post("/report/new", form(at=stone, building=world.buildings["柳荫1栋"].uid))
    assert page.status_code == 422


def test_an_unknown_code_leads_to_the_list(world: World, wang: Client) -> None:
    page = wang.get("/b/NO-SUCH")
    assert page.status_code == 404
    assert 'href="/report/new"' in page.content.decode()


def test_my_list_says_where_each_stands(world: World, wang: Client) -> None:
    first = filed(world)
    uid = Case.objects.get(number=first.number).uid
    done(intake.dispatch(world.ask("分拨员老赵"), uid, world.duties["井盖缺失"].uid))
    filed(world, "李建国", "这是别人的事")
    text = wang.get("/reports").content.decode()
    assert show_number(first.number) in text
    assert "已派出" in text
    assert "区城市管理局" in text
    assert "这是别人的事" not in text


def test_my_report_tells_its_story_without_other_peoples_names(world: World, wang: Client) -> None:
    own = answered(world)
    text = wang.get(page_of(own)).content.decode()
    for shown in (
        "楼下的井盖不见了",
        "已派给柳荫社区居委会",
        "已换新井盖",
        "井盖已经换好，请放心。",
    ):
        assert shown in text
    for hidden in ("社区小周", "网格员小陈", "502", "13800000001"):
        assert hidden not in text
    # The one first asked answers for the whole by name, and stands there once.
    assert text.count("分拨员老赵") == 1
    assert text.index("反映了这件事") < text.index("已派给柳荫社区居委会")


@pytest.mark.parametrize("who", ["李建国", "社区小周", "管理员"])
@pytest.mark.parametrize("end", ["", "/filed"])
def test_another_persons_report_is_as_if_there_were_none(world: World, who: str, end: str) -> None:
    own = answered(world)
    client = signed_in(world, who)
    assert client.get(page_of(own) + end).status_code == 404
    assert client.post(page_of(own) + "/rate", rating(own)).status_code == 404
    assert Rating.objects.count() == 0


def test_rating_an_answer_closes_the_matter(world: World, wang: Client) -> None:
    own = answered(world)
    assert 'action="' + page_of(own) + '/rate"' in wang.get(page_of(own)).content.decode()
    sent = wang.post(page_of(own) + "/rate", rating(own))
    assert (sent.status_code, sent["Location"]) == (302, page_of(own))
    given = Rating.objects.get()
    assert (given.speed, given.result, given.service, given.answer) == (5, 4, 5, 3)
    assert Case.objects.get().state == "called_back"
    after = wang.get(page_of(own)).content.decode()
    assert "谢谢您" in after
    assert "/rate" not in after
    again = wang.post(page_of(own) + "/rate", rating(own))
    assert again.status_code == 302
    assert Rating.objects.count() == 1


def test_not_content_means_it_is_done_again(world: World, wang: Client) -> None:
    own = answered(world)
    wang.post(page_of(own) + "/rate", rating(own, solved="no", satisfaction="dissatisfied"))
    assert Case.objects.get().state == "redo"
    assert "柳荫社区居委会正在重新办理" in wang.get(page_of(own)).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"solved": ""}, "请说一下办好了没有"),
        ({"satisfaction": ""}, "请说一下是否满意"),
        ({"speed": ""}, "四个方面都请打分"),
        ({"speed": "6"}, "四个方面都请打分"),
        ({"result": "x"}, "四个方面都请打分"),
        ({"words": "很" * 501}, "words"),
        ({"version": "1"}, 'id="refusal"'),
    ],
)
def test_a_rating_that_lacks_something_keeps_the_rest(
    world: World, wang: Client, changes: dict[str, str], said: str
) -> None:
    own = answered(world)
    page = wang.post(page_of(own) + "/rate", rating(own, **changes))
    assert page.status_code == 422
    text = page.content.decode()
    assert said in text
    assert 'id="service_5" value="5" checked' in text
    assert Rating.objects.count() == 0


def many(world: World, number: int) -> None:
    """Copies of one report and its case, each with its link."""
    own = filed(world)
    case = Case.objects.get(number=own.number)
    for n in range(number - 1):
        own.pk, own.uid, own.number = None, world.uid(), f"r{own.number}{n}"[-16:]
        own.save()
        case.pk, case.uid, case.number = None, world.uid(), own.number
        case.save()
        Link.objects.create(report=own, case=case, from_at=NOW)


def statements(client: Client, address: str) -> int:
    """How often a page asks, once its caches are warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("address", ["/reports", "/", "/messages"])
def test_a_list_asks_the_same_number_of_statements_for_any_length(
    world: World, wang: Client, address: str
) -> None:
    many(world, 10)
    ten = statements(wang, address)
    many(world, 190)
    assert statements(wang, address) == ten
    assert ten <= 12


def test_my_page_asks_at_most_ten_statements(world: World, wang: Client) -> None:
    own = answered(world)
    assert statements(wang, page_of(own)) <= 10
    assert statements(wang, page_of(own) + "/filed") <= 10


def test_a_list_is_paged(world: World, wang: Client) -> None:
    many(world, 21)
    assert wang.get("/reports").content.decode().count("data-row>") == 20
    assert wang.get("/reports?page=2").content.decode().count("data-row>") == 1
    for page, rows in (("2", 1), ("99", 1), ("0", 20), ("x", 20), ("-1", 20)):
        shown = wang.get("/reports", {"page": page}).content.decode()
        assert shown.count("data-row>") == rows, page


def test_a_pictures_place_and_time_do_not_travel(world: World, wang: Client) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "JPEG", exif=exif)
    wang.post("/b/L0", form(photos=[upload(out.getvalue())]))
    photo = wang.get(f"/photo/{Attachment.objects.get().uid}")
    assert b"SecretPhone" not in photo.content
