"""A community writes its own method in the browser: from a copy of 四议 to working by it."""

import re
from typing import Any

import pytest

from tests.acts.hall import COMMUNITY, SECRETARY, Hall, make_hall
from tests.acts.world import World
from tests.web.staff import Desk, at
from yishi.records.models import MethodDraft
from yishi.records.queries.rule import bundle_of, methods_at, parsed, today_of
from yishi.rulebook import draft as rulefile
from yishi.rulebook.shipped import shipped_bundle

CHAIR, DESK, LAWYER, LEADER = "柳荫社区居委会召集人", "社区小周", "律师小林", "街道主任"
FIELD = re.compile(r'<(?:input|textarea|select)[^>]*?name="([^"]+)"[^>]*>', re.DOTALL)


class Editor(Desk):
    """The desk's browser at a draft."""

    uid = ""

    def press(self, who: str, address: str, **fields: Any) -> Any:
        """Posts a form with a fresh key and the version the draft has now."""
        self.keys += 1
        row = MethodDraft.objects.filter(uid=self.uid).first()
        shown = {"version": row.version, "digest": digest(row)} if row else {}
        typed = {name.replace("__", "."): value for name, value in fields.items()}
        form = {"key": f"form-{self.keys}", **shown, **typed}
        return self.browser(who).post(address, form)

    def does(self, who: str, address: str, **fields: Any) -> str:
        """The same, which must lead on; where to."""
        answer = self.press(who, address, **fields)
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        return str(answer["Location"])

    @property
    def page(self) -> str:
        return f"/methods/drafts/{self.uid}"

    def begin(self, name: str = "柳荫四议", who: str = DESK) -> None:
        to = self.does(who, "/methods/copy/siyi/1", place="p2", name=name)
        self.uid = to.rsplit("/", 1)[1]

    def save(self, stage: str, **fields: Any) -> str:
        """Sends the form of a stage as it is shown, but for what is changed; where it leads."""
        address = f"{self.page}/stage/four/{stage}"
        return self.does(DESK, address, **{**typed_in(self.get(DESK, address)), **fields})


def typed_in(html: str) -> dict[str, Any]:
    """What the form of a stage would send as it stands."""
    form = html[html.index('<form class="form"') : html.index("保存这一步")]
    found: dict[str, Any] = {}
    for tag in re.finditer(r"<input[^>]*>", form):
        name, value = _of(tag[0], "name"), _of(tag[0], "value")
        if name in ("csrfmiddlewaretoken", "key", "version"):
            continue
        if 'type="checkbox"' in tag[0]:
            if " checked" in tag[0]:
                found.setdefault(name, []).append(value)
        else:
            found[name] = value
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else re.findall(r'value="([^"]*)"', body)[0]
    for name, body in re.findall(r'<textarea name="([^"]+)"[^>]*>\s?(.*?)</textarea>', form, re.S):
        found[name] = body
    return found


def _of(tag: str, attribute: str) -> str:
    said = re.search(rf'{attribute}="([^"]*)"', tag)
    return said[1] if said else ""


def digest(row: MethodDraft) -> str:
    return rulefile.digest(row.data["file"], row.data["texts"])


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


@pytest.fixture
def editor(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Editor:
    return Editor(hall.world, at(monkeypatch))


def data(editor: Editor) -> dict[str, Any]:
    return MethodDraft.objects.get(uid=editor.uid).data["file"]


def stage(editor: Editor, id: str) -> dict[str, Any]:
    return next(one for one in data(editor)["procedures"][0]["stages"] if one["id"] == id)


def test_a_form_sent_as_it_is_shown_changes_nothing(editor: Editor) -> None:
    editor.begin()
    before = data(editor)
    for one in before["procedures"][0]["stages"]:
        editor.save(one["id"])
    assert data(editor) == before


def test_below_the_law_it_is_told_which_law(editor: Editor) -> None:
    editor.begin()
    form = editor.get(DESK, f"{editor.page}/stage/four/resolve")
    assert "法律规定：居民会议表决，不得低于" in form
    assert editor.save("resolve", quorum__share="1/3") == editor.page
    said = editor.get(DESK, editor.page)
    assert "要改的：1 处" in said
    assert "城市居民委员会组织法" in said[said.index("要改的") : said.index("去改")]
    assert stage(editor, "resolve")["quorum"]["share"] == "1/3"


def test_without_a_stage_it_is_told_the_path(editor: Editor) -> None:
    editor.begin()
    editor.does(DESK, f"{editor.page}/stage/four/review/drop")
    said = editor.get(DESK, editor.page)
    assert "居民代表提议→两委商议→党员审议" in said
    answer = editor.press(DESK, f"{editor.page}/send")
    assert answer.status_code == 422 and "还有不对的地方" in answer.content.decode()


def test_what_is_typed_wrong_is_kept_and_named(editor: Editor) -> None:
    editor.begin()
    editor.save("notice", period__length="十天", name="")
    said = editor.get(DESK, editor.page)
    assert "步骤 5 · 开放多久 · 多长：要填大于零的整数" in said
    assert "步骤 5 · 名称：还没填" in said
    assert 'value="十天"' in editor.get(DESK, f"{editor.page}/stage/four/notice")


def test_the_whole_way_from_a_copy_to_working_by_it(editor: Editor) -> None:
    editor.begin()
    editor.save("resolve", quorum__share="1/3")
    editor.does(DESK, f"{editor.page}/stage/four/review/drop")
    assert "要改的：2 处" in editor.get(DESK, editor.page)
    editor.save("resolve", quorum__share="２／３")
    to = editor.does(
        DESK, f"{editor.page}/add/four", after="discuss", kind="confer", name="党员审议会"
    )
    assert to == f"{editor.page}/stage/four/confer"
    unfinished = editor.get(DESK, editor.page)
    assert "步骤 3“党员审议会” · 商议不成，转到：还没填" in unfinished and "<svg" in unfinished
    editor.save(
        "confer",
        lead="party_committee",
        decides=["party_members"],
        quorum__share="1/2",
        threshold__share="1/2",
        threshold__more_than="yes",
        limit__length="15",
        limit__kind="working_day",
    )
    editor.save("confer", **{"pass": "resolve", "fail": "discuss"})
    editor.save("notice", period__length="10")
    shown = editor.get(DESK, editor.page)
    assert "查过了，没有问题" in shown
    assert "加了：环节“党员审议会”" in shown or "党员审议会" in shown
    assert "<svg" in shown
    editor.does(DESK, f"{editor.page}/send")
    assert (
        "保存这一步"
        not in editor.browser(DESK)
        .get(f"{editor.page}/stage/four/notice", follow=True)
        .content.decode()
    )
    for who, deed, fields in (
        (SECRETARY, "approve", {"part": "party_committee"}),
        (CHAIR, "approve", {"part": "residents_committee"}),
        (LAWYER, "review", {"words": "合法"}),
        (LEADER, "file", {"words": "望街备〔2026〕3号"}),
    ):
        assert f'action="{editor.page}/{deed}"' in editor.get(who, editor.page)
        editor.does(who, f"{editor.page}/{deed}", say="yes", **fields)
    editor.does(
        SECRETARY,
        f"{editor.page}/publish",
        resolution="柳荫社区两委联席会议2026年3月11日决议",
        from_on="2026-03-11",
    )
    row = MethodDraft.objects.select_related("published").get(uid=editor.uid)
    place = editor.world.places[COMMUNITY]
    assert list(methods_at(place, today_of(editor.now)).values()) == [row.published]
    assert row.published is not None
    read = bundle_of(row.published)
    assert rulefile.data_of(read)["procedures"] == data(editor)["procedures"]
    assert parsed(row.published).name.zh == "柳荫四议"
    published = f"/methods/{row.published.name}/1"
    assert published in editor.get(DESK, editor.page)
    assert "党员审议会" in editor.get(DESK, published)


def test_a_no_needs_its_reason_and_brings_the_form_back(editor: Editor) -> None:
    editor.begin()
    editor.save("notice", period__length="10")
    editor.does(DESK, f"{editor.page}/send")
    answer = editor.press(LAWYER, f"{editor.page}/review", say="no", why="")
    assert answer.status_code == 422
    editor.does(LAWYER, f"{editor.page}/review", say="no", why="写明起算日")
    said = editor.get(DESK, editor.page)
    assert "写明起算日" in said and "第 1 轮" in said
    assert f'action="{editor.page}/send"' in said


def test_who_wrote_in_it_finds_no_form_to_agree(editor: Editor) -> None:
    editor.begin(who=SECRETARY)
    editor.save("notice", period__length="10")
    editor.does(DESK, f"{editor.page}/send")
    said = editor.get(SECRETARY, editor.page)
    assert f'action="{editor.page}/approve"' not in said and "您动过这份稿子" in said


def test_stages_are_moved_and_ends_sizes_and_rules_changed(editor: Editor) -> None:
    editor.begin()
    editor.does(DESK, f"{editor.page}/stage/four/review/up")
    ids = [one["id"] for one in data(editor)["procedures"][0]["stages"]]
    assert ids[:3] == ["propose", "review", "discuss"]
    editor.does(
        DESK,
        f"{editor.page}/about",
        name="柳荫议事法",
        about="小事快办",
        rules="先议后定\n办完公布",
    )
    assert data(editor)["rules"] == [{"zh": "先议后定"}, {"zh": "办完公布"}]
    editor.does(
        DESK,
        f"{editor.page}/ends/four",
        procedure_name="大事四议",
        **{
            "0.id": "done", "0.name": "办成了", "0.carried_out": "yes",
            "1.id": "not_adopted", "1.name": "没有通过，理由已公布",
            "2.id": "stopped", "2.name": "没有办成，原因已公布",
            "3.id": "", "3.name": "另案处理",
        },
    )  # fmt: skip
    assert [one["id"] for one in data(editor)["procedures"][0]["ends"]] == [
        "done", "not_adopted", "stopped", "end",
    ]  # fmt: skip
    assert data(editor)["procedures"][0]["name"] == {
        "zh": "大事四议", "en": "Four deliberations on a major matter",
    }  # fmt: skip
    for part in ("sizes", "catalogue", "rhythm"):
        assert "再加一项" in editor.get(DESK, f"{editor.page}/part/{part}")
    editor.does(
        DESK,
        f"{editor.page}/part/rhythm",
        **{
            "0.code": "talk_day", "0.name": "居民恳谈日", "0.body": "residents_committee",
            "0.every": "month", "0.day": "20", "0.collects": "yes", "0.source": "",
        },
    )  # fmt: skip
    assert data(editor)["rhythm"] == [
        {
            "code": "talk_day", "name": {"zh": "居民恳谈日", "en": "Residents' talk day"},
            "body": "residents_committee", "every": "month", "day": 20, "collects": True,
            "source": "ours",
        }
    ]  # fmt: skip
    editor.does(DESK, f"{editor.page}/cases", words="## 一件\n- 假如 天上下雨")
    said = editor.get(DESK, editor.page)
    assert "另案处理" in said and "柳荫议事法" in said


def test_a_procedure_taken_out_leaves_a_size_without_one(editor: Editor) -> None:
    editor.begin()
    editor.does(DESK, f"{editor.page}/ends/urgent/drop")
    assert "要改的：1 处" in editor.get(DESK, editor.page)


def test_an_older_page_does_not_overwrite_a_newer_one(editor: Editor) -> None:
    editor.begin()
    form = typed_in(editor.get(DESK, f"{editor.page}/stage/four/notice"))
    editor.save("notice", period__length="10")
    late = editor.press(
        DESK, f"{editor.page}/stage/four/notice", **{**form, "version": "1", "name": "公示一下"}
    )
    assert late.status_code == 422 and "公示一下" in late.content.decode()
    assert stage(editor, "notice")["name"]["zh"] == "决议公示"


def test_what_is_sent_to_a_draft_that_was_sent_meanwhile_is_kept(editor: Editor) -> None:
    editor.begin()
    editor.save("notice", period__length="10")
    address = f"{editor.page}/stage/four/notice"
    form = typed_in(editor.get(DESK, address))
    MethodDraft.objects.filter(uid=editor.uid).update(state="sent")
    late = editor.press(DESK, address, **{**form, "name": "公示一下"})
    assert late.status_code == 422 and "公示一下" in late.content.decode()
    about = editor.press(DESK, f"{editor.page}/about", name="柳荫五议")
    assert about.status_code == 422 and "柳荫五议" in about.content.decode()
    assert editor.browser(DESK).get(address).status_code == 302


def test_who_only_has_a_word_to_say_is_shown_no_form_to_write_in(editor: Editor) -> None:
    editor.begin()
    for who in ("律师小林", "柳荫物业公司召集人"):
        assert editor.browser(who).get(f"{editor.page}/about").status_code in (302, 403, 404)
    assert editor.browser(SECRETARY).get(f"{editor.page}/about").status_code == 200


def test_the_list_the_copy_and_adopting_as_it_is(editor: Editor) -> None:
    editor.begin()
    said = editor.get(SECRETARY, "/methods/drafts")
    assert "柳荫四议" in said and "/methods/adopt/siyi/1" in said
    assert "原样采用" in editor.get(SECRETARY, "/methods/adopt/siyi/1")
    editor.uid = ""
    editor.does(SECRETARY, "/methods/adopt/siyi/1", place="p2", from_on="2026-03-11")
    assert "/methods/stop/siyi?place=p2" in editor.get(SECRETARY, "/methods/drafts")
    assert editor.press(SECRETARY, "/methods/stop/siyi", place="p2").status_code == 422
    editor.does(SECRETARY, "/methods/stop/siyi", place="p2", from_on="2026-03-12", why="改用自己的")
    assert methods_at(editor.world.places[COMMUNITY], today_of(editor.now)) != {}


def test_residents_and_others_do_not_come_in(editor: Editor) -> None:
    editor.begin()
    assert editor.browser("王桂英").get(editor.page).status_code == 403
    editor.world.appoint("石桥小马", _desk(), "石桥社区")
    assert editor.browser("石桥小马").get(editor.page).status_code == 404
    assert editor.browser("石桥小马").get("/methods/copy/siyi/9").status_code == 404


def _desk() -> Any:
    from yishi.core.person import Role

    return Role.COMMUNITY_DESK


def test_the_page_asks_few_statements(editor: Editor, django_assert_max_num_queries: Any) -> None:
    editor.begin()
    editor.save("notice", period__length="10")
    editor.get(DESK, editor.page)
    for address in (editor.page, f"{editor.page}/stage/four/notice", "/methods/drafts"):
        with django_assert_max_num_queries(12):
            editor.get(DESK, address)


def test_the_shipped_methods_are_written_as_they_are_read() -> None:
    for name in ("siyi", "c4321"):
        made = shipped_bundle("methods", name)
        again = rulefile.bundle(rulefile.data_of(made), rulefile.texts_of(made), name)
        assert again.data == made.data


def test_who_has_a_word_to_say_finds_it_at_their_first_page(editor: Editor) -> None:
    editor.begin()
    editor.save("notice", period__length="10")
    assert "等表态的工作法" not in editor.get(SECRETARY, "/work")
    editor.does(DESK, f"{editor.page}/send")
    for who, words in (
        (SECRETARY, "等表态的工作法"),
        (CHAIR, "等表态的工作法"),
        (LAWYER, "待审查的工作法"),
        (LEADER, "待备案的工作法"),
    ):
        assert words in editor.get(who, "/work"), who
    editor.does(LAWYER, f"{editor.page}/review", say="no", why="写明起算日")
    assert "退回修改的工作法" in editor.get(DESK, "/work")
