"""The check of shipped rule files says a line for each, and counts the wrong ones."""

from pathlib import Path

from yishi.rulebook.check import check
from yishi.rulebook.shipped import FOLDER


def test_every_shipped_file_is_right() -> None:
    said: list[str] = []
    paths = sorted(FOLDER.glob("*/*.toml"))
    assert check(paths, said.append) == 0
    assert len(said) == len(paths)
    assert all(line.startswith("ok") for line in said)


def test_a_wrong_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "hours"
    folder.mkdir()
    text = (FOLDER / "hours" / "standard.toml").read_text("utf-8")
    (folder / "renamed.toml").write_text(text, "utf-8")
    (folder / "standard.toml").write_text(text + "\nlunch = 1\n", "utf-8")
    said: list[str] = []
    assert check(sorted(folder.glob("*.toml")), said.append) == 2
    assert said[0] == "wrong  hours/renamed.toml: it calls itself hours/standard"
    assert "lunch" in said[1]
