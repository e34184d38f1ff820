"""What an operator types, and what comes back: sentences."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.conf import settings

from tests.cli.office import Office
from tests.needs import ROOT
from yishi.cli import Fault, commands, language, main
from yishi.cli import demo as demo_command


def test_every_command_is_there_and_says_what_it_does() -> None:
    found = commands()
    assert {
        "up", "demo", "setup", "backup", "restore", "doctor", "upgrade", "verify", "settings",
    } <= set(found)  # fmt: skip
    assert all(help_text for _, help_text in found.values())


def test_without_a_command_the_list_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "  verify " in capsys.readouterr().out


def test_settings_are_masked(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings"]) == 0
    said = capsys.readouterr().out
    assert "YISHI_SECRET_KEY" in said
    for secret in (settings.SECRET_KEY, "ZGVtby1kYXRh"):
        assert secret not in said
    lines = {line.split()[0]: line.split()[1] for line in said.splitlines() if line}
    assert lines["YISHI_SECRET_KEY"] == "(set)"
    assert lines["YISHI_MODE"] == "test"


@pytest.mark.parametrize(
    ("given", "spoken"),
    [
        ({}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C"}, "zh-hans"),
        ({"LANG": "en_GB", "LC_ALL": "zh_CN"}, "zh-hans"),
        ({"LANG": "zh_CN", "LC_MESSAGES": "", "LC_ALL": ""}, "zh-hans"),
    ],
)
def test_the_language_is_the_operators(
    given: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert language() == spoken


def test_an_installation_without_keys_says_why_it_does_not_start(tmp_path: Path) -> None:
    environment = Office(tmp_path, language="en_GB.UTF-8").environment
    del environment["YISHI_SECRET_KEY"]
    done = subprocess.run(
        [sys.executable, "-m", "yishi.cli", "verify"],
        env=environment, cwd=ROOT, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Yishi does not start:",
        "- Production needs YISHI_SECRET_KEY: a random text of 50 characters or more.",
    ]


NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
OFFSETS = (
    (date(2026, 11, 21), NOON, 0),
    (date(2026, 11, 22), NOON, 86_400),
    (date(2026, 3, 11), NOON, -255 * 86_400),
    # half past midnight in Shanghai is still the day before in UTC
    (date(2026, 11, 21), datetime(2026, 11, 20, 16, 30, tzinfo=UTC), 0),
)


@pytest.mark.parametrize(("today", "now", "seconds"), OFFSETS)
def test_another_day_for_the_demo(today: date, now: datetime, seconds: int) -> None:
    assert demo_command.offset(today, now) == seconds


def test_only_what_a_demo_wrote_is_cleared_away(tmp_path: Path) -> None:
    for name in ("yishi.sqlite3", "files/ab/abcd", "mine.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    demo_command.clear(tmp_path)
    assert (tmp_path / "yishi.sqlite3").exists()
    (tmp_path / "demo").touch()
    demo_command.clear(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_demo_is_not_made_out_of_an_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import argparse

    options = argparse.Namespace(today=None, reset=True, port=8000)
    monkeypatch.setenv("YISHI_MODE", "production")
    with pytest.raises(Fault):
        demo_command.before(options)
    monkeypatch.setenv("YISHI_MODE", "demo")
    monkeypatch.setenv("YISHI_VAR", str(tmp_path))
    (tmp_path / "yishi.sqlite3").touch()
    with pytest.raises(Fault):
        demo_command.before(options)
    assert (tmp_path / "yishi.sqlite3").exists()


def test_columns_of_chinese_stand_in_line() -> None:
    assert demo_command.table([["居民", "wang"], ["grid", "陈晓峰"]]) == [
        "  居民  wang",
        "  grid  陈晓峰",
    ]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children_of(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [int(child) for child in text.split()]


def is_running(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


@pytest.mark.slow
def test_up_serves_and_ends_cleanly(tmp_path: Path) -> None:
    """Set up, serve, probe, a second one refused its port, stopped; killed, nothing is left."""
    office, port = Office(tmp_path / "var"), free_port()
    code, said = office.run("up", "--port", str(port))
    assert (code, said) == (1, "还没有数据表。请运行：yishi setup\n")
    who = ("--name", "管理员", "--phone", "13900000001", "--login", "admin")
    code, said = office.run("setup", "--district", "清河区", "--code", "500112", *who)
    assert code == 0, said
    assert said.splitlines()[0] == "清河区已设置好，已载入 2024, 2025, 2026 年工作日历。"
    arguments = ("up", "--port", str(port), "--workers", "1", "--every", "0.2")
    for kill, code in ((signal.SIGTERM, 0), (signal.SIGKILL, -9)):
        running = office.start(*arguments)
        assert running.stdout is not None
        assert running.stdout.readline() == f"已在 http://127.0.0.1:{port} 提供服务\n"
        assert urlopen(f"http://127.0.0.1:{port}/healthz").status == 200
        for _ in range(300):
            try:
                assert urlopen(f"http://127.0.0.1:{port}/readyz").status == 200
                break
            except HTTPError:
                time.sleep(0.2)
        else:
            pytest.fail("the worker was never heard of")
        if kill is signal.SIGTERM:
            busy, said = office.run(*arguments)
            assert busy == 1
            assert said.startswith(f"127.0.0.1:{port} 无法使用（")
        children = children_of(running.pid)
        assert len(children) == 2
        os.kill(running.pid, kill)
        assert running.wait(30) == code
        deadline = time.monotonic() + 60
        while any(map(is_running, children)) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not any(map(is_running, children))
