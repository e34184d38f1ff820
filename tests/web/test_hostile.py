"""What a hostile visitor sends: nothing breaks, nothing leaks, nothing is done."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from PIL import Image, PngImagePlugin
from pytest_django import Settings

from tests.acts.world import World
from tests.web.staff import BACKEND, Desk, at, jpeg
from yishi.records.files import NewFile, file_path, read_photo
from yishi.records.models import Adoption, Audit, Case, Report, Topic
from yishi.web.errors import broken

NUL = "井盖\x00不见了"
LONG = "长" * 10_000


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world on a Wednesday morning."""
    return Desk(world, at(monkeypatch))


@pytest.mark.parametrize(
    "address",
    ["/reports/a%00b", "/cases/a%00b", "/photo/a%00b", "/board/a%00b", "/b/a%00b"],
)
def test_address_with_nul_is_no_page(desk: Desk, address: str) -> None:
    for who in ("王桂英", "分拨员老赵"):
        assert desk.browser(who).get(address).status_code == 404
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    ("who", "address", "field"),
    [
        ("王桂英", "/report/new", "text"),
        ("王桂英", "/report/new", "at"),
        ("分拨员老赵", "/work/file", "words"),
        ("分拨员老赵", "/work/file", "where"),
        ("社区小周", "/slips", "key"),
        ("管理员", "/places/load", "place"),
    ],
)
def test_form_with_nul_is_told_what_it_lacks(
    desk: Desk, who: str, address: str, field: str
) -> None:
    answer = desk.browser(who).post(address, {"key": "k-1", field: NUL})
    assert answer.status_code == 422
    assert Report.objects.count() == 0


def test_words_without_width_say_nothing(desk: Desk) -> None:
    unseen = "\u200b\u2060\ufeff\u200e\x7f"
    place = desk.world.places["柳荫社区"].uid
    form = {"key": "k-1", "place": place, "words": "关系到大家", "title": unseen, "seen": "1"}
    browser = desk.browser("王桂英")
    assert browser.post("/topics/new", form).status_code == 422
    assert Topic.objects.count() == 0
    assert (
        browser.post("/topics/new", form | {"title": f"一家👨\u200d👩{unseen}"}).status_code == 302
    )
    assert Topic.objects.get().title == "一家👨\u200d👩"


@pytest.mark.parametrize(("address", "field"), [("/report/new", "text"), ("/work/file", "words")])
def test_words_around_a_nul_are_shown_again(desk: Desk, address: str, field: str) -> None:
    who = "王桂英" if field == "text" else "分拨员老赵"
    answer = desk.browser(who).post(address, {"key": "k-1", field: NUL})
    assert "井盖不见了</textarea>" in answer.content.decode()


def test_words_are_filed_as_their_reader_sees_them(desk: Desk) -> None:
    """Ends of line and tabs stay; what nobody types counts as absent, in names of fields too."""
    form = {
        "key": "k-1\x00",
        "te\x00xt": "\u202e井盖\x00不见了\x0b\x1b，\r\n\t昨晚\u2066有人\u2069摔倒",
        "nature": "help",
        "spot": "\u202d东门旁\u202c",
    }
    assert desk.browser("王桂英").post("/b/L0", form).status_code == 302
    own = Report.objects.get()
    assert (own.words, own.spot) == ("井盖不见了，\n\t昨晚有人摔倒", "东门旁")


def test_words_put_aside_over_signing_in_are_cleaned_too(desk: Desk) -> None:
    visitor = Client()
    assert visitor.post("/report/new", {"text": NUL}).status_code == 302
    assert visitor.session["report_draft"] == {"text": "井盖不见了"}


def test_name_of_a_file_holds_no_unseen_sign(desk: Desk) -> None:
    photo = jpeg()
    photo.name = "a\u202egpj.exe"
    form = {"key": "k-1", "text": "井盖不见了", "nature": "help", "photos": photo}
    assert desk.browser("王桂英").post("/b/L0", form).status_code == 302


@pytest.mark.parametrize(
    ("field", "status"),
    [
        ("q", 200),
        ("place", 200),
        ("unit", 200),
        ("item", 200),
        ("month", 200),
        ("beside", 200),
        ("queue", 404),
    ],
)
def test_filter_with_nul_is_read_without_it(desk: Desk, field: str, status: int) -> None:
    browser = desk.browser("分拨员老赵")
    assert browser.get("/cases", {field: NUL}).status_code == status
    assert browser.get("/cases", {f"{field}\x00": "井盖不见了"}).status_code == status


def test_search_with_nul_finds_what_was_meant(desk: Desk) -> None:
    case = desk.filed("井盖不见了")
    answer = desk.browser("分拨员老赵").get("/cases", {"q": NUL})
    assert f"/cases/{case.uid}" in answer.content.decode()


def test_dispatch_with_nul_changes_nothing(desk: Desk) -> None:
    case = desk.filed("井盖不见了")
    for field in ("duty", "lead", "co", "key", "version"):
        sent: dict[str, Any] = {field: NUL}
        answer = desk.send("分拨员老赵", case, "dispatch", **sent)
        assert answer.status_code == 422, field
    case.refresh_from_db()
    assert (case.state, case.version) == ("submitted", 1)


def test_cookie_with_nul_is_no_session(db: None) -> None:
    for name in ("yishi_session", "yishi_csrf", "messages", "yishi_language", "yishi_seen"):
        answer = Client().get("/", HTTP_COOKIE=f'{name}="\\000aaaaaaaaaaaaaaaa"')
        assert answer.status_code == 200, name


def test_over_long_answer_on_the_spot_is_refused(desk: Desk) -> None:
    building = desk.world.buildings["柳荫1栋"].uid
    form = {
        "key": "k-1",
        "where": f"building:{building}",
        "words": "垃圾未清",
        "nature": "complaint",
        "channel": "grid",
        "consent": "yes",
        "answer": LONG,
    }
    answer = desk.browser("网格员小陈").post("/work/on-spot", {**form, "proofs": jpeg()})
    assert answer.status_code == 422
    assert Case.objects.count() == 0
    form["answer"] = "已清走"
    answer = desk.browser("网格员小陈").post("/work/on-spot", {**form, "proofs": jpeg()})
    assert answer.status_code == 302
    assert Case.objects.count() == 1


def test_form_larger_than_any_of_ours_is_told_so(desk: Desk) -> None:
    browser = desk.browser("王桂英")
    huge = browser.post("/report/new", {"text": "x" * 3_000_000})
    many = browser.post("/report/new", {f"f{number}": "1" for number in range(600)})
    for answer in (huge, many):
        assert answer.status_code == 413
        assert 'class="refusal"' in answer.content.decode()
    assert Report.objects.count() == 0


class Unread(io.RawIOBase):
    """A body nobody may begin to read."""

    def readable(self) -> bool:
        return True

    def readinto(self, _into: Any) -> int:
        raise AssertionError("the body was read")


def sized(browser: Client, size: int) -> HttpResponse:
    """The answer to a report of that many bytes; its body is still on the way."""
    body: dict[str, Any] = {
        "wsgi.input": Unread(),
        "CONTENT_LENGTH": str(size),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
    }
    return browser.generic("POST", "/report/new", **body)  # type: ignore[return-value]


@pytest.mark.parametrize("checks", [True, False])
def test_form_that_says_it_is_too_large_is_refused_unread(desk: Desk, checks: bool) -> None:
    """Six photos of 10 MB and 2.6 MB for the words are the most; one byte more is too much."""
    browser = Client(enforce_csrf_checks=checks)
    browser.force_login(desk.world.people["王桂英"], backend=BACKEND)
    for size in (62_621_441, 10_000_000_000):
        answer = sized(browser, size)
        text = answer.content.decode()
        assert answer.status_code == 413
        assert "合起来太大" in text
        assert "62 MB" in text
        assert "写的话还在表里" in text
    with pytest.raises(AssertionError, match="the body was read"):
        sized(browser, 62_621_440)


def test_a_place_that_takes_nothing_larger_still_takes_a_spreadsheet(db: None) -> None:
    """Before any rules are adopted the most is 10 MB and 2.6 MB."""
    assert sized(Client(), 12_621_441).status_code == 413
    with pytest.raises(AssertionError, match="the body was read"):
        sized(Client(), 12_621_440)


def test_files_too_large_together_are_left_out_and_the_words_kept(desk: Desk) -> None:
    """The last goes over the 60 MB of six photos; the good one need not be chosen again."""
    many = [jpeg(), *(SimpleUploadedFile("b.jpg", b"0" * 10_000_100) for _ in range(6))]
    form = {"key": "k-1", "photos": many, "text": "井盖不见了", "nature": "help"}
    answer = desk.browser("王桂英").post("/b/L0", form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "超过一张表能带的大小" in text
    assert "井盖不见了</textarea>" in text
    assert text.count('name="kept_photos"') == 1
    assert Report.objects.count() == 0


def test_a_list_too_large_for_any_form_is_told_so(desk: Desk) -> None:
    Adoption.objects.all().delete()
    form = {"key": "k-1", "file": SimpleUploadedFile("a.xlsx", b"0" * 10_000_001)}
    answer = desk.browser("管理员").post("/places/load", form)
    assert answer.status_code == 422
    assert "超过一张表能带的大小" in answer.content.decode()


@pytest.mark.parametrize(
    ("seen", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("6.6.6.6, 203.0.113.7", "203.0.113.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("6.6.6.6, nonsense", "127.0.0.1"),
        ("' OR 1=1 --", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_address_behind_a_proxy_is_an_address(
    db: None, settings: Settings, seen: str, address: str
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    form = {"login": "nobody", "password": "wrong"}
    answer = Client().post("/staff/sign-in", form, headers={"x-forwarded-for": seen})
    assert answer.status_code == 422
    assert list(Audit.objects.values_list("address", flat=True)) == [address]


def test_pages_where_no_view_answers_are_ours(desk: Desk) -> None:
    """In the reader's language, without a style of their own and without what was asked for."""
    lost = desk.browser("王桂英").get("/no/such/<page>")
    foreign = Client().get("/", HTTP_HOST="evil.example")
    fault = broken(RequestFactory().get("/"))
    for answer, status in ((lost, 404), (foreign, 400), (fault, 500)):
        text = answer.content.decode()
        assert answer.status_code == status
        assert 'class="refusal"' in text
        assert "<style" not in text
        assert "evil.example" not in text
        assert "such/<page>" not in text


def test_pages_of_somebody_signed_in_are_kept_by_nobody(desk: Desk) -> None:
    case = desk.filed("井盖不见了")
    pages = (
        ("王桂英", "/reports"),
        ("王桂英", "/account"),
        ("分拨员老赵", f"/cases/{case.uid}"),
        ("管理员", "/people"),
        ("审计员", "/audit"),
    )
    for who, address in pages:
        answer = desk.browser(who).get(address)
        assert answer.status_code == 200, address
        assert answer["Cache-Control"] == "private, no-store", address


def test_nothing_of_the_original_is_kept_beside_the_picture() -> None:
    """Comments, positions and whatever was hung behind the picture stay behind."""
    image, exif = Image.new("RGB", (40, 30), "red"), Image.Exif()
    exif[0x9286], exif[0x8825] = "secret", {1: "N", 2: (30.0, 1.0, 1.0)}
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "secret")
    for kind, extras in (
        ("JPEG", {"comment": b"<script>secret", "exif": exif, "xmp": b"<x>secret</x>"}),
        ("GIF", {"comment": b"secret"}),
        ("PNG", {"pnginfo": texts, "exif": exif}),
        ("WEBP", {"exif": exif, "xmp": b"<x>secret</x>"}),
    ):
        out = io.BytesIO()
        image.save(out, kind, **extras)
        new = read_photo(out.getvalue() + b"PK\x03\x04secret", 1_000_000, 1_000_000)
        assert isinstance(new, NewFile)
        assert b"secret" not in file_path(new.sha256).read_bytes(), kind


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-30", "9999-12-31", "2026-02-30", "9" * 99])
def test_a_day_at_the_end_of_time_is_refused(desk: Desk, day: str) -> None:
    case = desk.dispatched("井盖不见了")
    desk.post("城管小孙", case, "sign")
    asked = {"ground": "season", "until": day, "reason": "下雨不能施工"}
    answer = desk.send("城管小孙", case, "ask-suspension", **asked)
    assert answer.status_code == 422
    assert "下雨不能施工" in answer.content.decode()
    body = desk.world.bodies["区水务公司"].uid
    entry = {"body": body, "title": "三单元水压不足", "due_on": day, "words": "院坝会提出"}
    answer = desk.browser("社区小周").post(f"/cases/{case.uid}/put-on-list", {"key": "k", **entry})
    assert answer.status_code == 422
    assert "院坝会提出" in answer.content.decode()
