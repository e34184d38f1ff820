"""An office's own template: used where it is nearest, refused where it is more than a layout."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from tests.acts.world import NOW, World
from tests.needs import ROOT
from tests.web.staff import Desk, at
from tests.web.test_form import words_of
from tools.forms import build
from yishi.acts import form as acts
from yishi.acts.door import Done
from yishi.core.form import TAGS, Form
from yishi.core.person import Role
from yishi.core.refusal import Refusal
from yishi.records.models import Assignment, Entry, FormTemplate
from yishi.records.queries.form_template import in_use
from yishi.records.word import WORD_TYPE, repacked, shipped_template, zipped
from yishi.records.word_check import check_template

FORM = Form.HANDING_OVER
ADDRESS = f"/office/forms/{FORM}"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world, where the sub-district has an administrator of its own too."""
    world.appoint("街道管理员", Role.ADMINISTRATOR, "望江街道")
    return Desk(world, at(monkeypatch))


def own(*paragraphs: str) -> bytes:
    """A Word file somebody wrote."""
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same file with one of its parts changed, or added where it had none."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {info.filename: packed.read(info) for info in packed.infolist()}
    parts[name] = change(parts.get(name, b""))
    return zipped(parts.items())


def sent(desk: Desk, who: str, data: bytes, place: str = "", name: str = "我们的交办单.docx"):  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile(name, data, WORD_TYPE)
    desk.keys += 1
    return desk.browser(who).post(
        ADDRESS, {"file": file, "place": place, "key": f"template-{desk.keys}"}
    )


@pytest.mark.parametrize("form", list(Form))
def test_the_shipped_templates_are_what_the_tool_builds_and_pass_their_own_check(
    form: Form,
) -> None:
    def parts(data: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return {info.filename: packed.read(info) for info in packed.infolist()}

    assert parts(build(form)) == parts(shipped_template(form))
    assert check_template(shipped_template(form), TAGS[form]) is None


def test_every_tag_is_told_to_the_office() -> None:
    told = set(re.findall(r"`([^`]+)`", (ROOT / "docs" / "forms.md").read_text("utf-8")))
    for form, tags in TAGS.items():
        every = {*tags.words.values(), *tags.rows.values(), *tags.pictures.values()}
        assert every - told == set(), form


@pytest.mark.parametrize("form", list(Form))
def test_a_shipped_template_holds_every_word_of_its_form(form: Form) -> None:
    text = words_of(shipped_template(form))
    tags = TAGS[form]
    named = set(re.findall(r"\{\{ ([^\s}]+) \}\}", text))
    wanted = set(tags.words.values()) | {f"行.{tag}" for tag in tags.rows.values()}
    # What the printed sheet leaves to the page itself, or says in another word.
    spare = {"nature", "place", "case_number", "others", "answered_at", "kind", "urgent"}
    assert wanted - named <= {tags.words[key] for key in spare if key in tags.words}


def test_the_nearest_place_that_has_its_own_wins_and_the_history_stays(desk: Desk) -> None:
    world = desk.world
    case = desk.dispatched("井盖不见了")
    uid = Assignment.objects.get(case=case, is_lead=True).uid
    address = f"/forms/{FORM}/{uid}/word"

    def words() -> str:
        return words_of(desk.browser("分拨员老赵").get(address).content)

    assert "现将下列诉求交你单位主办办理" in words()
    assert sent(desk, "管理员", own("区里的：{{ 承办单位 }}")).status_code == 302
    assert words() == "区里的：区城市管理局\n"
    assert sent(desk, "街道管理员", own("街道的：{{ 承办单位 }}")).status_code == 302
    assert words() == "街道的：区城市管理局\n"
    used = in_use(world.places["望江街道"])[FORM]
    assert (used.own, used.place, used.name) == (True, "望江街道", "我们的交办单.docx")
    assert in_use(world.places["石桥社区"])[FORM].place == "望江街道"

    back = desk.browser("街道管理员").post(f"{ADDRESS}/back", {"key": "back-1"})
    assert back.status_code == 302
    assert words() == "区里的：区城市管理局\n"
    page = desk.get("街道管理员", ADDRESS)
    assert "我们的交办单.docx" in page
    kept = FormTemplate.objects.get(place=world.places["望江街道"], name__gt="")
    got = desk.browser("街道管理员").get(f"{ADDRESS}/kept/{kept.uid}")
    assert words_of(got.content) == "街道的：{{ 承办单位 }}\n"
    again = desk.browser("街道管理员").post(f"{ADDRESS}/back", {"key": "back-2"})
    assert again.status_code == 422, "there is none of its own to give up"
    codes = Entry.objects.filter(code__startswith="form.").order_by("id")
    assert list(codes.values_list("code", flat=True)) == [
        "form.template_set", "form.template_set", "form.template_given_up",
    ]  # fmt: skip


def test_only_an_administrator_of_the_place_sets_a_template(desk: Desk) -> None:
    world = desk.world
    for who in ("分拨员老赵", "城管小孙", "街道主任", "王桂英"):
        assert sent(desk, who, own("{{ 编号 }}")).status_code == 403
    above = world.places["清河区"].code
    assert sent(desk, "街道管理员", own("{{ 编号 }}"), above).status_code == 404
    refused = acts.set_template(
        world.ask("街道管理员"), world.places["清河区"], FORM, own("{{ 编号 }}"), "x.docx"
    )
    assert isinstance(refused, Refusal)
    assert refused.code == "not_yours"
    assert FormTemplate.objects.count() == 0


def test_shipped_and_current_can_be_fetched(desk: Desk) -> None:
    for what in ("shipped", "current"):
        answer = desk.browser("管理员").get(f"{ADDRESS}/{what}")
        assert repacked(answer.content) == shipped_template(FORM)
    assert "自带模板" in desk.get("管理员", "/office/forms")


RELS = "word/_rels/document.xml.rels"
DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"


def with_link(kind: str, outside: bool = True) -> Callable[[bytes], bytes]:
    """A relationship of that kind to a file elsewhere."""
    mode = ' TargetMode="External"' if outside else ""
    made = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="http://127.0.0.1/x"{mode}/></Relationships>'
    ).encode()
    return lambda body: body.replace(b"</Relationships>", made)


def with_field(words: str) -> Callable[[bytes], bytes]:
    """A field code, as Word keeps it: in pieces."""
    pieces = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in words.split("|"))
    made = f"<w:p>{pieces}</w:p><w:sectPr".encode()
    return lambda body: body.replace(b"<w:sectPr", made, 1)


PLAIN = own("{{ 编号 }}")
BOMB = zipped(
    [(TYPES, zipfile.ZipFile(io.BytesIO(PLAIN)).read(TYPES))]
    + [(f"word/media/{n}.png", bytes(6_000_000)) for n in range(3)]
)


def with_property(words: str) -> Callable[[bytes], bytes]:
    """An identifier among the properties of the file."""
    made = f"<dc:identifier>{words}</dc:identifier></cp:coreProperties>".encode()
    return lambda body: body.replace(b"</cp:coreProperties>", made)


def moved(data: bytes, name: str, to: str) -> bytes:
    """The same file with one of its parts under another name."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {info.filename: packed.read(info) for info in packed.infolist()}
    parts[to] = parts.pop(name)
    old, new = name.encode(), to.encode()
    return zipped((path, body.replace(old, new)) for path, body in parts.items())


def broken(data: bytes) -> bytes:
    """The same file with its words overwritten where they are packed."""
    at = data.index(DOCUMENT.encode()) + 40
    return data[:at] + b"\xff" * 300 + data[at + 300 :]


def lying(data: bytes) -> bytes:
    """The same file with a part that says it is small."""
    large = changed(data, "word/media/1.png", lambda _: bytes(50_000_000))
    at = large.rindex(b"word/media/1.png") - 46 + 24
    return large[:at] + struct.pack("<I", 100) + large[at + 4 :]


def packed_by(data: bytes, way: int) -> bytes:
    """The same parts packed in another way."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(out, "w", way) as packed:
        for info in parts.infolist():
            packed.writestr(info.filename, parts.read(info))
    return out.getvalue()


REFUSED: dict[str, tuple[bytes, str, str]] = {
    "not a zip": (b"%PDF-1.7", "template_not_word", ""),
    "no word file": (zipped([("a.txt", b"x")]), "template_not_word", ""),
    "a bomb": (BOMB, "template_too_large", ""),
    "too large": (PLAIN + bytes(2_000_000), "file_too_large", ""),
    "a way out of the folder": (
        changed(PLAIN, "../evil.xml", lambda _: b"<a/>"), "template_not_word", "",
    ),
    "macros": (
        changed(PLAIN, TYPES, lambda b: b.replace(b"wordprocessingml.document.main",
                b"ms-word.document.macroEnabled.main")),
        "template_active", "macroEnabled",
    ),
    "another template": (changed(PLAIN, RELS, with_link("attachedTemplate")),
                         "template_active", "attachedTemplate"),
    "a picture from elsewhere": (changed(PLAIN, RELS, with_link("image")),
                                 "template_active", "image"),
    "an embedded file": (changed(PLAIN, RELS, with_link("oleObject", False)),
                         "template_active", "oleObject"),
    "a field that runs": (changed(PLAIN, DOCUMENT, with_field("DDE|AUTO c:\\\\cmd.exe")),
                          "template_active", "DDEAUTO"),
    "a field that fetches": (changed(PLAIN, DOCUMENT, with_field("INCLUDETEXT /etc/passwd")),
                             "template_active", "INCLUDETEXT"),
    "entities": (
        changed(PLAIN, DOCUMENT, lambda b: b.replace(b"<w:document",
                b'<!DOCTYPE w:document [<!ENTITY a "aaaa">]><w:document', 1)),
        "template_active", "DOCTYPE",
    ),
    "an unknown tag": (own("{{ 编号 }} {{ 承办人 }}"), "template_tag_unknown", "{{ 承办人 }}"),
    "another form's tag": (own("{{ 姓名 }}"), "template_tag_unknown", "{{ 姓名 }}"),
    "a way into python": (own("{{ 编号.__class__ }}"), "template_tag_unknown",
                          "{{ 编号.__class__ }}"),
    "a call": (own("{{ range(9) }}"), "template_tag_odd", "{{ range(9) }}"),
    "a filter": (own("{{ 编号|safe }}"), "template_tag_odd", "{{ 编号|safe }}"),
    "arithmetic": (own("{{ 编号 * 99999999 }}"), "template_tag_odd", "{{ 编号 * 99999999 }}"),
    "an import": (own("{% include '/etc/passwd' %}"), "template_tag_odd", "include"),
    "an assignment": (own("{% set 甲 = 编号 %}"), "template_tag_odd", "set"),
    "raw": (own("{% raw %}{{ x }}{% endraw %}"), "template_tag_odd", "raw"),
    "a loop over a word": (own("{% for 字 in 编号 %}{{ 字 }}{% endfor %}"),
                           "template_tag_unknown", "{{ 编号 }}"),
    "a condition left open": (own("{% if 编号 %}"), "template_breaks", ""),
    "a tag in the properties": (
        changed(PLAIN, "docProps/core.xml",
                lambda b: b.replace(b"</cp:coreProperties>",
                b"<dc:subject>{{ 7 }}</dc:subject></cp:coreProperties>")),
        "template_tag_odd", "docProps/core.xml",
    ),
    "a tag in the properties, its signs written otherwise": (
        changed(PLAIN, "docProps/core.xml", with_property("&#123;{ 7 }}")),
        "template_tag_odd", "{{ 7 }}",
    ),
    "a tag in properties that lie elsewhere": (
        moved(changed(PLAIN, "docProps/core.xml", with_property("{% for a in 'aa' %}")),
              "docProps/core.xml", "word/core.xml"),
        "template_tag_odd", "{% for a in 'aa' %}",
    ),
    "words under a name that is not looked at": (
        moved(changed(PLAIN, DOCUMENT, with_field("DDEAUTO c:\\cmd.exe")), DOCUMENT,
              "word/document.txt"),
        "template_not_word", "",
    ),
    "a file that cannot be unpacked": (broken(PLAIN), "template_not_word", ""),
    "packed as no Word file is": (packed_by(PLAIN, zipfile.ZIP_LZMA), "template_not_word", ""),
    "a bomb that says it is small": (lying(PLAIN), "template_too_large", ""),
    "tags without number": (own("{{ 编号 }}" * 2_001), "template_too_many_tags", ""),
}  # fmt: skip


@pytest.mark.parametrize("what", list(REFUSED))
def test_a_template_that_is_more_than_a_layout_is_refused(what: str) -> None:
    data, code, have = REFUSED[what]
    refused = check_template(data, TAGS[FORM])
    assert refused is not None
    assert refused.code == code, refused
    assert have in str(refused.have)


def test_loops_go_through_the_lists_of_the_form_and_no_further() -> None:
    tags = TAGS[Form.DATED_LIST]
    document = Document()
    table = document.add_table(rows=3, cols=1)
    for row, words in zip(
        table.rows, ("{%tr for 项 in 清单 %}", "{{ 项.问题 }}", "{%tr endfor %}"), strict=True
    ):
        row.cells[0].text = words
    out = io.BytesIO()
    document.save(out)
    assert check_template(out.getvalue(), tags) is None
    inner = "{% for 项 in 清单 %}{% for 又 in 清单 %}{{ 又.问题 }}{% endfor %}{% endfor %}"
    refused = check_template(own(inner), tags)
    assert refused is not None
    assert refused.code == "template_tag_odd"
    outside = check_template(own("{{ 项.问题 }}"), tags)
    assert outside is not None
    assert outside.have == "{{ 项.问题 }}"
    wrong = check_template(own("{% for 项 in 清单 %}{{ 项.phone }}{% endfor %}"), tags)
    assert wrong is not None
    assert wrong.have == "{{ 项.phone }}"


def test_a_refused_template_is_said_with_its_tag_and_nothing_is_kept(desk: Desk) -> None:
    answer = sent(desk, "管理员", own("{{ 承办人 }}"))
    assert answer.status_code == 422
    assert "{{ 承办人 }}" in answer.content.decode()
    assert FormTemplate.objects.count() == 0
    assert Entry.objects.filter(code="form.template_set").count() == 0


def test_a_template_set_twice_by_one_form_is_set_once(desk: Desk) -> None:
    world = desk.world
    for minute in range(2):
        ask = world.ask("管理员", NOW + timedelta(minutes=minute), key="same")
        done = acts.set_template(ask, world.places["清河区"], FORM, PLAIN, "x.docx")
        assert isinstance(done, Done)
        assert done.again is bool(minute)
    assert FormTemplate.objects.count() == 1
