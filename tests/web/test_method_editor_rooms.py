"""The editor writes what a room is: a vote by roll, a form, who looks on, whose text it settles."""

import re
from typing import Any

import pytest

from tests.acts.hall import Hall, make_hall
from tests.acts.world import World
from tests.web.staff import at
from tests.web.test_method_editor import DESK, Editor, data, typed_in

OWNERS_VOTE = {
    "unit": "owner",
    "ways": ["online", "paper", "door"],
    "secret": False,
    "choose": "each",
    "roll": {"length": 7, "kind": "day", "source": "ours：名册和面积先亮七天"},
    "period": {"length": 30, "kind": "day", "source": "ours：逐户上门要时间"},
    "proxies": {"number": 3, "source": "ours：比照村委会选举，一人至多代三人"},
    "handed": True,
}


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


@pytest.fixture
def editor(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Editor:
    return Editor(hall.world, at(monkeypatch))


def begin(editor: Editor, method: str, name: str) -> None:
    editor.uid = ""
    to = editor.does(DESK, f"/methods/copy/{method}/1", place="p2", name=name)
    editor.uid = to.rsplit("/", 1)[1]


def save(editor: Editor, procedure: str, stage: str, **fields: Any) -> str:
    address = f"{editor.page}/stage/{procedure}/{stage}"
    return editor.does(DESK, address, **{**typed_in(editor.get(DESK, address)), **fields})


def held(editor: Editor, procedure: str, stage: str) -> dict[str, Any]:
    one = next(one for one in data(editor)["procedures"] if one["id"] == procedure)
    return next(found for found in one["stages"] if found["id"] == stage)


def test_a_vote_by_roll_is_written_without_toml(editor: Editor) -> None:
    begin(editor, "owners", "柳荫业主表决")
    assert held(editor, "ordinary", "resolve")["voting"] == OWNERS_VOTE
    form = editor.get(DESK, f"{editor.page}/stage/ordinary/resolve")
    assert "按名册投票还是举手" in form and "名册公示多久" in form
    assert "[voting]" not in form and "voting =" not in form
    save(editor, "ordinary", "resolve", voting__secret="yes")
    said = editor.get(DESK, editor.page)
    assert "不能无记名：票上的面积一看就知道是谁家" in said
    save(editor, "ordinary", "resolve", voting__secret="no", voting__period__length="")
    assert "按名册投票还是举手 · 开放多久：还没填" in editor.get(DESK, editor.page)
    save(editor, "ordinary", "resolve", voting__unit="")
    assert "voting" not in held(editor, "ordinary", "resolve")


def test_who_looks_on_the_doors_and_the_calls(editor: Editor) -> None:
    begin(editor, "h11235", "柳荫议事厅")
    save(editor, "major", "carry_out", watch=["residents_committee"])
    said = editor.get(DESK, editor.page)
    assert "由居委会来办，又由它监督" in said
    save(editor, "major", "carry_out", watch=["supervisory_committee"])
    save(editor, "major", "post", doors="no")
    save(editor, "major", "accept", calls__number="5")
    assert "doors" not in held(editor, "major", "post")
    assert held(editor, "major", "accept")["calls"]["number"] == 5
    shown = re.sub(r"<[^>]+>", " ", editor.get(DESK, editor.page))
    assert "是否送到每一户：是 → 否" in shown


def test_the_form_of_a_meeting_and_the_text_of_a_procedure(editor: Editor) -> None:
    begin(editor, "charter", "柳荫章程")
    save(editor, "charter", "discuss", form="joint")
    assert held(editor, "charter", "discuss")["form"] == "joint"
    address = f"{editor.page}/ends/charter"
    assert "定的是哪份文本" in editor.get(DESK, address)
    ends = next(one for one in data(editor)["procedures"] if one["id"] == "charter")["ends"]
    rows = {f"{at}__id": one["id"] for at, one in enumerate(ends)}
    rows |= {f"{at}__name": one["name"]["zh"] for at, one in enumerate(ends)}
    rows |= {
        f"{at}__carried_out": "yes" if one["carried_out"] else "no" for at, one in enumerate(ends)
    }
    editor.does(DESK, address, procedure_name="制定和修改章程", text="", **rows)
    assert "text" not in data(editor)["procedures"][0]
    assert "已经办成" in editor.get(DESK, editor.page)
    editor.does(DESK, address, procedure_name="制定和修改章程", text="covenant", **rows)
    assert data(editor)["procedures"][0]["text"] == "covenant"
