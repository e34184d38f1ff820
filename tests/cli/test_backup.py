"""An office saves everything, loses it, puts it back, and can tell that it is the same."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.cli.office import Office, offices


@pytest.fixture(scope="module")
def pair(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[list[Office]]:
    """A filled office and an empty one."""
    with (
        django_db_blocker.unblock(),
        offices(tmp_path_factory.mktemp("offices"), "lived", "empty") as found,
    ):
        found[0].fill()
        yield found


@pytest.fixture(scope="module")
def saved(pair: list[Office], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The backup of the filled office, and the archive of its keys."""
    folder = tmp_path_factory.mktemp("saved")
    target, keys = folder / "backup", folder / "keys.tar"
    code, said = pair[0].run("backup", target, "--keys", keys)
    assert code == 0, said
    assert "备份在" in said
    return target, keys


def checkpoint(office: Office) -> str:
    return (office.var / "log" / "public" / "checkpoint").read_text("utf-8")


def test_a_backup_holds_everything_but_the_keys(saved: tuple[Path, Path]) -> None:
    target, keys = saved
    manifest = json.loads((target / "manifest.json").read_text("utf-8"))
    assert manifest["format"] == "yishi-backup/1"
    names = [Path(name).parts[0] for name in manifest["files"]]
    assert set(names) == {manifest["database"], "files", "log"}
    assert "log-signing.key" not in " ".join(map(str, target.rglob("*")))
    assert keys.stat().st_mode & 0o777 == 0o600


def test_a_damaged_backup_is_not_restored(pair: list[Office], saved: tuple[Path, Path]) -> None:
    target, _ = saved
    note = target / "log" / "checkpoint"
    whole = note.read_bytes()
    note.write_bytes(whole.replace(b"yishi", b"yisha"))
    code, said = pair[1].run("restore", target)
    note.write_bytes(whole)
    assert (code, said) == (1, "备份已损坏：log/checkpoint 与保存时不同（共 1 个文件）。\n")


def test_what_is_no_backup_is_said(pair: list[Office], tmp_path: Path) -> None:
    code, said = pair[1].run("restore", tmp_path)
    assert (code, said) == (1, f"{tmp_path} 不是完整的备份：清单缺失或损坏。\n")


def test_a_restored_office_verifies_and_goes_on(
    pair: list[Office], saved: tuple[Path, Path]
) -> None:
    lived, empty = pair
    target, keys = saved
    code, said = empty.run("restore", target, "--keys", keys)
    assert code == 0, said
    assert "查过的全部属实。" in said
    assert checkpoint(empty) == checkpoint(lived)
    code, said = empty.run("verify", "--outside", lived.var / "log" / "public" / "checkpoint")
    assert code == 0, said
    assert "1 个他人保存的校验点相符。" in said
    code, said = empty.run("restore", target)
    assert code == 1
    assert "已经存在。请恢复到空文件夹和空数据库。" in said


def test_an_upgrade_saves_first_and_verifies_last(pair: list[Office], tmp_path: Path) -> None:
    code, said = pair[0].run("upgrade", "--to", tmp_path / "before")
    assert code == 0, said
    assert said.splitlines()[0] == f"备份在 {tmp_path / 'before'}。"
    assert said.splitlines()[-1] == "数据表已是本版本的。"
    assert (tmp_path / "before" / "manifest.json").exists()


def test_a_second_backup_never_overwrites_the_first(
    pair: list[Office], saved: tuple[Path, Path]
) -> None:
    code, said = pair[0].run("backup", saved[0])
    assert (code, said) == (1, f"{saved[0]}: the folder is not empty\n")


def test_a_changed_row_is_named_and_the_way_back_shown(pair: list[Office], tmp_path: Path) -> None:
    lived = pair[0]
    lived.change("UPDATE records_report SET answer = '不受理' WHERE answer <> ''")
    code, said = lived.run("verify")
    assert code == 1
    first, *rest = said.splitlines()
    assert first.startswith("✗ 未经办理就被改动：records_report ")
    assert "的“answer”。 属于 " in first
    assert "最后写入：case.answered（区城市管理局 unit_handler），2026-03-11 09:00:00" in first
    assert rest[-1] == "1 项不符。"
    english = Office(lived.var, lived.url, "en_GB.UTF-8")
    code, said = english.run("upgrade", "--to", tmp_path / "b")
    assert code == 1
    assert "Changed without an act: “answer” of records_report" in said
    assert f"run: yishi restore {tmp_path / 'b'}" in said.splitlines()[-1]


def test_outsiders_verify_the_published_files_alone(pair: list[Office], tmp_path: Path) -> None:
    public = pair[0].var / "log" / "public"
    outsider = Office(tmp_path, language="en_GB.UTF-8")
    code, said = outsider.run("verify", "--published", public)
    assert code == 0, said
    lines = said.splitlines()
    assert lines[0].startswith("Trusting the key found beside the log: yishi/log+")
    assert lines[-1] == "Everything that was looked at holds."
    code, said = outsider.run("verify", "--published", tmp_path / "nowhere")
    assert (code, said) == (1, f"There is no folder {tmp_path / 'nowhere'}.\n")
