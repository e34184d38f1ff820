"""Reading rule files: what a bundle is, what its digest covers, what is refused and how."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from tests.rules.files import HEAD, bundle
from yishi.core.refusal import Refusal
from yishi.rulebook.diff import ChangeKind, Difference, diff
from yishi.rulebook.load import digest, load_bundle, read_bundle, usable_on
from yishi.rulebook.problem import RuleFileError

HOURS = 'windows = [{ from = "09:00", to = "12:00" }]\n'


def test_a_bundle_is_one_toml_and_the_markdown_beside_it(tmp_path: Path) -> None:
    toml = f'kind = "hours"\n{HEAD}{HOURS}'
    (tmp_path / "t.toml").write_text(toml)
    (tmp_path / "other.toml").write_text("not read")
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "why.md").write_text("# 为什么")
    found = load_bundle(tmp_path / "t.toml")
    assert (found.kind, found.id, found.version) == ("hours", "t", "1")
    assert found.valid_from == date(2026, 1, 1)
    assert found.repealed_on is None
    assert found.files == {"t.toml": toml.encode(), "t/why.md": "# 为什么".encode()}
    assert found == read_bundle("hours", found.files)


def test_the_digest_covers_paths_and_bytes_with_their_lengths() -> None:
    one = digest({"a.toml": b"xy", "a/b.md": b"z"})
    length = bytes(7)
    by_hand = length + b"\x06a.toml" + length + b"\x02xy"
    by_hand += length + b"\x06a/b.md" + length + b"\x01z"
    assert one == hashlib.sha256(by_hand).hexdigest()
    assert digest({"a/b.md": b"z", "a.toml": b"xy"}) == one
    assert digest({"a.toml": b"xyz", "a/b.md": b""}) != one
    assert digest({"a.toml": b"xy", "a/c.md": b"z"}) != one


@pytest.mark.parametrize(
    ("files", "file", "problem"),
    [
        ({}, "", "does not belong to a rule file"),
        ({"a.toml": b"", "b.toml": b""}, "a.toml, b.toml", "does not belong to a rule file"),
        ({"a.toml": b"", "b/x.md": b""}, "b/x.md", "does not belong to a rule file"),
        ({"a.toml": b"", "a/../x.md": b""}, "a/../x.md", "does not belong to a rule file"),
        ({"a.toml": b"", "a/x.py": b""}, "a/x.py", "does not belong to a rule file"),
        ({"a.toml": b"a ="}, "a.toml", "is not a readable TOML file"),
        ({"a.toml": b"a = " + b"[" * 9_000}, "a.toml", "is not a readable TOML file"),
        ({"a.toml": b"a = " + b"1" * 9_000}, "a.toml", "is not a readable TOML file"),
        ({"a.toml": b"\xff\xfe"}, "a.toml", "must be words, not empty"),
        ({"a.toml": b"#" * 5_000_000}, "a.toml", "is too large"),
    ],
)
def test_what_is_not_a_bundle(files: dict[str, bytes], file: str, problem: str) -> None:
    with pytest.raises(RuleFileError) as refused:
        read_bundle("hours", files)
    assert (refused.value.file, refused.value.problem) == (file, problem)


@pytest.mark.parametrize(
    ("head", "key", "problem"),
    [
        (HEAD.replace('id = "t"\n', ""), "id", "is missing"),
        (HEAD.replace('"1"', "1"), "version", "must be words, not empty"),
        (HEAD.replace("2026-01-01", '"2026-01-01"'), "valid_from", "must be a date such as"),
        (HEAD.replace("2026-01-01", "2026-01-01T00:00:00"), "valid_from", "must be a date such"),
        (HEAD + "repealed_on = 2026-01-01\n", "repealed_on", "must come after the day it begins"),
        (HEAD.replace('"ours"', '"' + "出" * 201 + '"'), "source", "has too many characters"),
    ],
)
def test_a_head_that_is_wrong(head: str, key: str, problem: str) -> None:
    with pytest.raises(RuleFileError) as refused:
        bundle("hours", HOURS, head=head)
    assert (refused.value.file, refused.value.key) == ("t.toml", key)
    assert refused.value.problem.startswith(problem)


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(RuleFileError) as refused:
        read_bundle("casework", {"t.toml": f'kind = "hours"\n{HEAD}{HOURS}'.encode()})
    assert str(refused.value) == (
        "t.toml: kind is a rule file of another kind (found 'hours'); allowed: casework"
    )


def test_a_repealed_source_is_refused_from_that_day_on() -> None:
    rules = bundle("hours", HOURS, head=HEAD + "repealed_on = 2026-07-01\n")
    assert usable_on(rules, date(2025, 12, 31)) == Refusal(
        "rule_not_yet", date(2026, 1, 1), date(2025, 12, 31), "day", "ours"
    )
    assert usable_on(rules, date(2026, 1, 1)) is None
    assert usable_on(rules, date(2026, 6, 30)) is None
    assert usable_on(rules, date(2026, 7, 1)) == Refusal(
        "rule_repealed", date(2026, 7, 1), date(2026, 7, 1), "day", "ours"
    )


def test_diff_says_added_removed_changed() -> None:
    before = bundle("hours", HOURS, why="早上")
    after = bundle(
        "hours",
        'windows = [{ from = "09:00", to = "11:30" }, { from = "14:00", to = "18:00" }]\n',
        head=HEAD.replace('"1"', '"2"') + "repealed_on = 2027-01-01\n",
    )
    assert diff(before, after) == (
        Difference("repealed_on", ChangeKind.ADDED, "", "2027-01-01"),
        Difference("version", ChangeKind.CHANGED, "1", "2"),
        Difference("why.md", ChangeKind.REMOVED, "早上", ""),
        Difference("windows[09:00].to", ChangeKind.CHANGED, "12:00", "11:30"),
        Difference("windows[14:00].from", ChangeKind.ADDED, "", "14:00"),
        Difference("windows[14:00].to", ChangeKind.ADDED, "", "18:00"),
    )
    assert diff(before, before) == ()
