"""`yishi method`: what is wrong with a file, what it says, how two differ, in sentences."""

from pathlib import Path

import pytest

from tests.core.sound_method import SOUND
from yishi.cli import main

TWO_CHANGES = (
    SOUND.replace('version = "1"', 'version = "2"')
    .replace('share = "2/3"', 'share = "3/4"')
    .replace('pass = "confer"', 'pass = "comment"')
)


def written(folder: Path, words: str, name: str = "small") -> str:
    path = folder / f"{name}.toml"
    path.write_text(words, "utf-8")
    return str(path)


def test_a_sound_method_is_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, SOUND)
    assert main(["method", "check", file]) == 0
    assert capsys.readouterr().out == f"{file}：小议没有问题\n"


def test_each_fault_is_a_sentence_and_other_files_are_still_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    silent = written(tmp_path, SOUND.replace('fail = "tell_dropped"', 'fail = "dropped"', 1), "a")
    broken = written(tmp_path, SOUND + 'open = "yes"\n', "b")
    sound = written(tmp_path, SOUND, "c")
    assert main(["method", "check", silent, broken, sound]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        f"{silent}：小议有 1 处要改",
        "- 议事程序“大议”：按征集→初审→不办了走，议题没有公布结果就结束了。"
        "结束之前先要走完一个公布环节：公布结果、公布不办的理由。",
        f"{sound}：小议没有问题",
    ]
    assert said.err.startswith("methods/b.toml: procedures.2.stages.2.open is not a key")


def test_the_law_is_held_against_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    half = written(tmp_path, SOUND.replace('share = "2/3"', 'share = "1/2"'))
    assert main(["method", "check", half]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{half}：小议有 1 处要改",
        "- 议事程序“大议”：“代表会议表决”（征集→初审→两委商议→征求意见→代表会议表决）的到会要求是"
        "不少于全部席位的 1/2，低于底线：不少于全部席位的 2/3（参照：村民委员会组织法（2018）"
        "第二十六条（村民代表会议），社区没有对应条文）。",
    ]
    head = 'id = "ours"\nversion = "1"\nvalid_from = 2026-01-01\nsource = "ours"\n'
    longer = 'notice = { length = 6, kind = "day", source = "街道规定" }\n'
    floors = written(tmp_path, f'kind = "floors"\n{head}{longer}', "floors")
    assert main(["method", "check", half, "--floors", floors]) == 1
    assert "公示5 天，低于底线：6 天（街道规定）" in capsys.readouterr().out
    assert main(["method", "check", half, "--floors", half]) == 1
    assert capsys.readouterr().err == (
        "methods/small.toml: kind is a rule file of another kind (found 'methods'); "
        "allowed: law, floors\n"
    )


def test_a_file_that_is_no_method(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hours = 'kind = "hours"\nid = "t"\nversion = "1"\nvalid_from = 2026-01-01\nsource = "ours"\n'
    file = written(tmp_path, hours + 'windows = [{ from = "09:00", to = "12:00" }]\n')
    assert main(["method", "show", file]) == 1
    assert capsys.readouterr().err == (
        "hours/small.toml: kind is a rule file of another kind (found 'hours'); allowed: methods\n"
    )
    assert main(["method", "check", str(tmp_path / "none.toml")]) == 1
    assert capsys.readouterr().err == f"{tmp_path}/none.toml: No such file or directory\n"


def test_a_method_is_shown_to_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["method", "show", written(tmp_path, SOUND)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(
        "小议（small，第 1 版，2026-01-01 起）\n社区工作法（自定，可由本地改定）\n"
    )
    resolve = said[said.index("  5. ") : said.index("  6. ")]
    assert resolve.splitlines() == [
        "  5. 代表会议表决 · 表决",
        "     主持：居委会",
        "     决定：居民代表会议",
        "     列席（可以发言，不表决）：顾问组",
        "     到会：不少于全部席位的 2/3（自定，可由本地改定）",
        "     通过：超过到会人数的 1/2（自定，可由本地改定）",
        "     票数相同：都不通过",
        "     时限：30 天（自定，可由本地改定）",
        "     最多 4 次（自定，可由本地改定）",
        "     表决通过 → 公示",
        "     表决未通过 → 公布不办的理由",
        "     次数用尽 → 公布不办的理由",
    ]
    assert said.endswith("     公布以后 → 结局“议定了”\n  结局：议定了\n")


def test_two_methods_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = written(tmp_path, SOUND, "old"), written(tmp_path, TWO_CHANGES, "new")
    assert main(["method", "diff", old, new]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "议事程序“大议”：改动环节“初审”",
        "    审查通过：两委商议 → 征求意见",
        "议事程序“大议”：改动环节“代表会议表决”",
        "    到会要求：不少于全部席位的 2/3（自定，可由本地改定） → "
        "不少于全部席位的 3/4（自定，可由本地改定）",
    ]
    assert main(["method", "diff", old, old]) == 0
    assert capsys.readouterr().out == "两份工作法内容相同。\n"


def test_a_case_that_no_longer_holds_is_a_sentence_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, SOUND)
    (tmp_path / "small").mkdir()
    cases = tmp_path / "small" / "cases.md"
    cases.write_text(
        "## 征集\n- 假如 按“大议”，议题走到“征集”\n- 当 直接去做“公示”\n- 那么 还在“征集”\n"
    )
    assert main(["method", "check", file]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{file}：小议有 1 处要改",
        "- 案例“征集”第 4 行：写的是没有拒绝，实际是不能跳步",
    ]
    cases.write_text("## 征集\n- 假如 天气好\n- 那么 还在“征集”\n")
    assert main(["method", "check", file]) == 1
    assert capsys.readouterr().err.startswith("methods/small/cases.md: 第 2 行 is not a sentence")
