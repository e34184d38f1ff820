"""The terms of a round are read on its method's page and changed in the editor, in tables."""

import re
from typing import Any

import pytest

from tests.acts.hall import Hall, make_hall
from tests.acts.world import World
from tests.web.staff import at
from tests.web.test_method_editor import DESK, Editor, data, typed_in
from yishi.rulebook import draft as rulefile
from yishi.rulebook.kinds import method_of
from yishi.rulebook.shipped import shipped_bundle

SHIPPED = shipped_bundle("methods", "weishi")


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


@pytest.fixture
def editor(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Editor:
    editor = Editor(hall.world, at(monkeypatch))
    to = editor.does(DESK, "/methods/copy/weishi/1", place="p2", name="柳荫微实事")
    editor.uid = to.rsplit("/", 1)[1]
    return editor


def terms(editor: Editor) -> dict[str, Any]:
    found = data(editor)["procedures"][0]["round"]
    assert isinstance(found, dict)
    return found


def shown(editor: Editor) -> str:
    """The page of the draft, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", editor.get(DESK, editor.page)))


def save(editor: Editor, **fields: Any) -> str:
    address = f"{editor.page}/round/talked"
    form = editor.get(DESK, address).replace("保存", "保存这一步")
    return editor.does(DESK, address, **{**typed_in(form), **fields})


def test_a_copy_keeps_the_terms_and_shows_them(editor: Editor) -> None:
    assert terms(editor) == SHIPPED.data["procedures"][0]["round"]
    said = shown(editor)
    assert "工程类 500,000 元 珠海：工程类单个项目上限" in said
    assert "居民自家的开支" in said and "居民自筹 居民自己的钱" in said
    assert "次年3月底" in said


def test_the_form_sent_as_it_is_shown_changes_nothing(editor: Editor) -> None:
    before = data(editor)
    save(editor)
    assert data(editor) == before


def test_caps_lists_and_numbers_are_changed_without_toml(editor: Editor) -> None:
    form = editor.get(DESK, f"{editor.page}/round/talked")
    assert "[procedures.round]" not in form and "cap_yuan =" not in form
    save(
        editor,
        kinds__0__cap_yuan__number="300,000",
        kinds__0__cap_yuan__source="街道通知〔2026〕3号",
        positive__1__name="",
        negative__6__name="给私人车位装地锁",
        funds__3__payer="society",
        quotes__number="２",
        self_built_yuan__number="0",
        sweep_month__number="6",
    )
    found = terms(editor)
    assert found["kinds"][0]["cap_yuan"] == {"number": 300000, "source": "街道通知〔2026〕3号"}
    assert found["kinds"][0]["name"] == {"zh": "工程类", "en": "Works"}
    assert [one["code"] for one in found["positive"]] == ["road", "green", "care"]
    assert found["negative"][6] == {
        "code": "negative", "name": {"zh": "给私人车位装地锁"}, "source": "ours",
    }  # fmt: skip
    assert found["funds"][3]["payer"] == "society"
    assert [found[key]["number"] for key in ("quotes", "self_built_yuan", "sweep_month")] == [
        2, 0, 6,
    ]  # fmt: skip
    said = shown(editor)
    assert (
        "项目种类和上限：工程类，每个最多用专项资金500,000 元（珠海：工程类单个项目上限）"
        " → 工程类，每个最多用专项资金300,000 元（街道通知〔2026〕3号）" in said
    )
    assert "支持做的（正面清单）：消防、充电、安全隐患（自定，可由本地改定） → 未写明" in said
    assert "居民自建：50,000 元以内 → 不可以" in said
    assert "结余退回：次年3月底 → 次年6月底" in said


def test_limits_the_method_leaves_out_are_shown_and_kept_once_they_are_others(
    editor: Editor,
) -> None:
    form = editor.get(DESK, f"{editor.page}/round/talked")
    assert "一人一轮最多申报几件" in form and "一人一天最多去看几次" in form
    save(editor, wishes_each__number="2", wishes_each__source="街道通知")
    assert terms(editor)["wishes_each"] == {"number": 2, "source": "街道通知"}
    assert "looks_a_day" not in terms(editor)
    assert "这一轮最多2件" in shown(editor)


def test_what_is_typed_wrong_is_kept_and_leads_back_to_the_terms(editor: Editor) -> None:
    save(editor, kinds__0__cap_yuan__number="三十万", sweep_month__number="13", quotes__number="")
    assert terms(editor)["kinds"][0]["cap_yuan"]["number"] == "三十万"
    said = shown(editor)
    assert "“工程类” · 每个最多用专项资金多少元" in said
    assert "结余在次年几月底退回" in said
    assert "询价比选，至少几家：还没填" in said
    assert f'href="{editor.page}/round/talked"' in editor.get(DESK, editor.page)
    assert 'value="三十万"' in editor.get(DESK, f"{editor.page}/round/talked")


def test_the_call_says_how_long_and_any_other_collecting_how_many(editor: Editor) -> None:
    address = f"{editor.page}/stage/talked/call"
    form = editor.get(DESK, address)
    assert 'name="period.length"' in form and 'name="least.number"' not in form
    editor.does(DESK, address, **{**typed_in(form), "period.length": "20"})
    (call,) = [one for one in data(editor)["procedures"][0]["stages"] if one["id"] == "call"]
    assert call["period"] == {"length": 20, "kind": "day", "source": "ours"}
    assert "期限：30 天（自定，可由本地改定） → 20 天（自定，可由本地改定）" in shown(editor)
    editor.uid = ""
    to = editor.does(DESK, "/methods/copy/siyi/1", place="p2", name="柳荫四议")
    editor.uid = to.rsplit("/", 1)[1]
    other = editor.get(DESK, f"{editor.page}/stage/four/propose")
    assert 'name="least.number"' in other and 'name="period.length"' not in other


def test_a_course_that_is_no_round_has_no_terms_to_change(editor: Editor) -> None:
    editor.uid = ""
    to = editor.does(DESK, "/methods/copy/siyi/1", place="p2", name="柳荫四议")
    page = f"/methods/drafts/{to.rsplit('/', 1)[1]}"
    assert "改这一轮的规矩" not in editor.get(DESK, page)
    assert editor.browser(DESK).get(f"{page}/round/four").status_code == 404


def test_residents_read_the_terms_on_the_page_of_the_method(editor: Editor) -> None:
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", editor.get(DESK, "/methods/weishi/1")))
    assert "这一轮的规矩" in said
    assert "服务和货物类 200,000 元 珠海：服务和货物类单个项目上限" in said
    assert "不支持做的（负面清单）" in said and "支持做的（正面清单）" in said
    assert "社会资金（企业、单位、社会组织） 社会资金 鼓楼区：参与式预算微实事" in said
    assert "居民自建 50,000 元以内（自定，可由本地改定）" in said


def test_the_pages_ask_few_statements(editor: Editor, django_assert_max_num_queries: Any) -> None:
    for address in (f"{editor.page}/round/talked", editor.page):
        with django_assert_max_num_queries(12):
            editor.get(DESK, address)


def test_the_round_is_written_as_it_is_read() -> None:
    again = rulefile.bundle(rulefile.data_of(SHIPPED), rulefile.texts_of(SHIPPED), "weishi")
    assert again.data == SHIPPED.data
    assert method_of(again).procedures == method_of(SHIPPED).procedures


def test_how_projects_are_voted_on_and_counted_is_chosen_in_the_editor(editor: Editor) -> None:
    address = f"{editor.page}/stage/voted/vote"
    form = editor.get(DESK, address)
    assert "选项目的票怎么填" in form
    typed = {
        **typed_in(form),
        "voting.ballot": "points",
        "voting.most.number": "10",
        "voting.counting.rule": "greedy/threshold",
        "voting.counting.least.number": "5",
    }
    editor.does(DESK, address, **typed)
    stages = data(editor)["procedures"][1]["stages"]
    (voting,) = [one["voting"] for one in stages if one["id"] == "vote"]
    assert (voting["ballot"], voting["most"]["number"]) == ("points", 10)
    assert voting["counting"] == {
        "rule": "greedy",
        "version": "threshold",
        "source": "希维切 2023：公开的计票办法",
        "least": {"number": 5, "source": "ours"},
    }
    editor.does(DESK, address, **{**typed, "voting.counting.rule": "phragmen/sequential"})
    assert "的选票分得出更想要哪个" in shown(editor)
