"""After a secret vote is closed nothing joins a ballot to its voter, with everything in hand: the
database's own pages and its write-ahead log, every table, the journal, the log of the program, and
backups from before and after the end."""

import itertools
import json
import logging
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from tests.acts.roll import ABSTAIN, AGAINST, DESK, FOR, OVERSEER, Ballots, make_ballots, settle
from tests.acts.world import World, make_world
from yishi.acts.door import Done
from yishi.core.method.language import Choose
from yishi.core.vote.ballot import write_ballot
from yishi.jobs.backup import backup
from yishi.jobs.close_votes import destroy_keys
from yishi.records.models import Ballot, Entry, PaperBallot, Part, Vote
from yishi.records.vote_key import VoteKeyLost, folder, has_key, make_key, read_key

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = tuple(f"居民{name}" for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯")
# Three options, each of whose 27 ballots would stand out among fourteen voters.
CHOICES = tuple(itertools.islice(itertools.product((FOR, AGAINST, ABSTAIN), repeat=3), 3, 17))


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    yield make_world()


def voted(world: World) -> tuple[Ballots, dict[str, str]]:
    """Fourteen have voted, each otherwise, three of them twice, the last two on paper; who → the
    letters of their ballot."""
    settle(world, NAMES)
    b = make_ballots(world, ("装电梯", "修车棚", "种树"), secret="true")
    b.open()
    letters: dict[str, str] = {}
    for who, choices in zip(NAMES, CHOICES, strict=True):
        written = write_ballot(Choose.EACH, b.options, b.says(*choices))
        assert isinstance(written, str)
        letters[who] = written
    for who, choices in list(zip(NAMES, CHOICES, strict=True))[:12]:
        assert isinstance(b.cast(who, *choices), Done)
    for who in NAMES[:3]:
        assert isinstance(b.cast(who, FOR, FOR, FOR), Done)
        assert isinstance(b.cast(who, *CHOICES[NAMES.index(who)]), Done)
    for who in NAMES[12:]:
        assert isinstance(b.take(who), Done)
    return b, letters


def finish(b: Ballots) -> None:
    """The box is opened, its two papers entered by two, and the vote closed."""
    b.end()
    for serial, choices in enumerate(CHOICES[12:], 1):
        for who in (DESK, OVERSEER):
            assert isinstance(b.enter(serial, who, *choices), Done)
    closed = b.close()
    assert isinstance(closed, Done), closed


def every_row() -> Iterator[tuple[str, dict[str, Any]]]:
    """(table, columns) of every row of every table of ours."""
    for model in apps.get_app_config("records").get_models():
        for row in model._default_manager.values():
            yield model._meta.db_table, row


def numbers_of(ballots: list[dict[str, Any]]) -> list[set[str]]:
    """What a ballot could be known by elsewhere: its id, its key, its sealed form."""
    return [{str(one["id"]), one["key"], *filter(None, [one["sealed"]])} for one in ballots]


def bytes_of(folder: Path) -> bytes:
    """Every file below a folder, one after the other."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def pages() -> bytes:
    """The database as it lies on the disk: every page, free ones too, and the write-ahead log."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(t::text, '\n') FROM records_ballot t")
            return str(cursor.fetchone()[0]).encode()
    name = str(connection.settings_dict["NAME"])
    found = b""
    for ending in ("", "-wal", "-journal"):
        path = Path(f"{name}{ending}")
        found += path.read_bytes() if path.exists() else b""
    return found


def test_nothing_joins_a_ballot_to_its_voter(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "yishi")
    b, letters = voted(world)
    now: datetime = b.hall.now
    before = list(Ballot.objects.values())
    if connection.vendor == "sqlite":
        backup(tmp_path / "open", now)
    raw_open = pages()
    finish(b)
    if connection.vendor == "sqlite":
        backup(tmp_path / "closed", b.hall.now)
    raw = raw_open + pages()
    after = list(Ballot.objects.values())

    # The count is right, so what was taken apart below is the vote itself.
    assert sorted(one["chosen"] for one in after) == sorted(letters.values())
    assert b.vote.result["ways"] == {"online": 12, "paper": 2}

    # By key, id or sealed form: no row of the end is a row of before, and none is named elsewhere.
    for old, new in itertools.product(numbers_of(before), numbers_of(after)):
        assert not old & new
    for one in after:
        assert (one["voter_id"], one["sealed"], one["way"]) == (None, "", "")
    marks = set().union(*numbers_of(after))
    for table, row in every_row():
        if table != "records_ballot":
            text = json.dumps(row, default=str, ensure_ascii=False)
            assert not [mark for mark in marks if len(mark) > 8 and mark in text], table

    # By order: neither ids nor the order of the table follow the order of casting.
    order = [letters[who] for who in NAMES]
    stored = [one["chosen"] for one in sorted(after, key=lambda one: one["id"])]
    with connection.cursor() as cursor:
        cursor.execute("SELECT chosen FROM records_ballot")
        as_they_lie = [json.loads(row[0]) for row in cursor.fetchall()]
    assert order not in (stored, stored[::-1], as_they_lie, as_they_lie[::-1])

    # By time: a ballot has none.
    assert not [f.name for f in Ballot._meta.get_fields() if "at" in f.name.split("_")]

    # By what was chosen: no text holds a choice but the ballots themselves and the result.
    for table, row in every_row():
        if table not in ("records_ballot", "records_vote"):
            text = json.dumps(row, default=str, ensure_ascii=False)
            found = [code for code in letters.values() if f'"{code}"' in text]
            assert not found, (table, found)
    for leaf in Entry.objects.values_list("leaf", flat=True):
        assert not [code for code in letters.values() if f'"{code}"'.encode() in bytes(leaf)]
    assert not [code for code in letters.values() if f'"{code}"' in caplog.text]
    assert not [
        code for code in letters.values() if b'"%s"' % code.encode() in bytes_of(tmp_path / "log")
    ]

    # Raw: in no page, no log and no backup does a name or a voter stand beside a choice, and what
    # was sealed stays sealed.
    for voter in b.vote.roll.all():
        at = raw.find(voter.uid.encode())
        while at >= 0:
            near = raw[max(0, at - 200) : at + 200]
            assert not [code for code in letters.values() if b'"%s"' % code.encode() in near]
            at = raw.find(voter.uid.encode(), at + 1)
    assert not has_key(b.vote.uid)
    if connection.vendor == "sqlite":
        # As many copies of each choice in the pages as one writing of the ballots leaves.
        assert b'"letters"' not in raw


def kept_open(target: Path, now: datetime) -> tuple[bytes, list[tuple[str, object, str, object]]]:
    """What a backup taken now holds: all its bytes, and its ballots. On PostgreSQL, where a dump
    does not see an uncommitted test, the ballots as they stand."""
    if connection.vendor != "sqlite":
        return b"", list(Ballot.objects.values_list("key", "chosen", "sealed", "voter_id"))
    backup(target, now)
    copy = sqlite3.connect(target / "database.sqlite3")
    rows = copy.execute("SELECT key, chosen, sealed, voter_id FROM records_ballot").fetchall()
    copy.close()
    return bytes_of(target), rows


def test_a_backup_taken_while_it_is_open_holds_no_choice_and_no_key(
    world: World, tmp_path: Path
) -> None:
    b, letters = voted(world)
    key = (folder() / f"{b.vote.uid}.key").read_bytes().strip()
    whole, rows = kept_open(tmp_path / "copy", b.hall.now)
    assert key not in whole
    assert not [path for path in (tmp_path / "copy").rglob("*") if path.suffix == ".key"]
    assert len(rows) == 12
    assert {(chosen, voter) for _, chosen, _, voter in rows} == {(None, None)}
    assert len({len(sealed) for _, _, sealed, _ in rows}) == 1
    assert not [code for code in letters.values() if b'"%s"' % code.encode() in whole]

    # With the copy and the whole installation of after the end, the old rows say nothing.
    finish(b)
    for name, _, sealed, _ in rows:
        with pytest.raises(VoteKeyLost):
            read_key(b.vote.uid)
        other = make_key(f"{b.vote.uid[:-1]}x")
        with pytest.raises(VoteKeyLost):
            other.open(sealed, name)


def test_the_key_lies_alone_and_only_its_owner_reads_it(world: World) -> None:
    b, _ = voted(world)
    path = folder() / f"{b.vote.uid}.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder().stat().st_mode & 0o077 == 0
    assert folder() not in (Path(settings.YISHI_KEYS_DIR), Path(settings.YISHI_FILES_DIR))


def test_what_a_crash_left_of_a_key_is_destroyed_by_the_tick(world: World) -> None:
    b, _ = voted(world)
    kept = (folder() / f"{b.vote.uid}.key").read_bytes()
    assert destroy_keys() == 0  # an open vote keeps its key
    finish(b)
    (folder() / f"{b.vote.uid}.key").write_bytes(kept)  # the process died before it was gone
    assert destroy_keys() == 1
    assert not has_key(b.vote.uid)


def test_paper_of_a_secret_vote_lies_sealed_too(world: World) -> None:
    b, letters = voted(world)
    finish(b)
    for row in PaperBallot.objects.all():
        assert set(row.first) == set(row.second) == {"sealed"}
        assert row.voter_id is None
    assert {part.way for part in Part.objects.all()} == {"online", "paper"}
    assert set(Ballot.objects.values_list("way", flat=True)) == {""}
    assert Vote.objects.get().is_secret and letters
