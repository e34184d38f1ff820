"""Committed entries come under a signed checkpoint, whatever happens on the way."""

import subprocess
import sys
import time

import pytest
from pytest_django import Settings

from tests.acts.world import World, make_world
from tests.childenv import child_environment
from tests.needs import ROOT
from yishi.acts import report
from yishi.acts.report import Words
from yishi.jobs import sequence as sequencer
from yishi.jobs.sequence import LogAhead, LogDamaged, number, publish, sequence
from yishi.records import log as published_log
from yishi.records.log import LogKeyMissing, PublishedLog, published, verify_ed25519
from yishi.records.models import Entry
from yishi.tlog.checkpoint import note_verifier
from yishi.tlog.verify import verify_log


def holds(log: PublishedLog) -> tuple[int, int]:
    """(entries, checkpoints) of a log in which nothing is found."""
    key = log.verifier()
    assert key is not None
    found = verify_log(log.read, log.notes(), note_verifier([key], verify_ed25519))
    assert found.findings == ()
    return found.size, found.checkpoints


def file_reports(world: World, count: int) -> None:
    for at in range(count):
        building = world.buildings["柳荫1栋"].uid
        report.file(world.ask("王桂英"), Words(f"楼道灯不亮 {at}", building=building))


def test_every_entry_is_numbered_once_and_published(world: World) -> None:
    start = Entry.objects.count()
    assert sequence() == start
    file_reports(world, 3)
    assert sequence() == 3
    assert sequence() == 0
    seqs = list(Entry.objects.order_by("id").values_list("seq", flat=True))
    assert seqs == list(range(start + 3))
    assert holds(published()) == (start + 3, 2)
    leaf = bytes(Entry.objects.get(seq=start + 1).leaf)
    data = published().read(f"tile/entries/000.p/{start + 3}")
    assert data is not None and leaf in data


def test_nothing_yet_is_a_checkpoint_of_nothing(db: None) -> None:
    assert sequence() == 0
    assert holds(published()) == (0, 1)


def test_many_small_batches_give_the_tree_of_one(world: World) -> None:
    file_reports(world, 5)
    sequence(batch=2)
    latest = published().latest()
    assert latest is not None
    size, root = latest[0].size, latest[0].root
    assert size == Entry.objects.count()
    assert holds(published())[0] == size
    for path in sorted(published().files(), reverse=True):
        path.unlink()
    sequence()
    again = published().latest()
    assert again is not None
    assert (again[0].size, again[0].root) == (size, root)


def test_old_partial_files_are_cleared_and_still_served(world: World) -> None:
    sequence()
    first = published().latest()
    assert first is not None
    size = first[0].size
    before = published().read(f"tile/0/000.p/{size}")
    file_reports(world, 2)
    sequence()
    names = [path.name for path in published().files() if path.parent.name == "000.p"]
    assert names == [str(size + 2), str(size + 2)]
    assert published().read(f"tile/0/000.p/{size}") is None
    assert published().read_cut(f"tile/0/000.p/{size}") == before
    assert published().read_cut(f"tile/0/000.p/{size + 3}") is None


POINTS = (
    "numbers committed",
    "bundles written",
    "files written",
    "checkpoint half appended",
    "checkpoint appended, not shown",
    "shown, old files not cleared",
)


class Killed(BaseException):
    """Stands where the machine went off."""


@pytest.mark.parametrize("point", POINTS)
def test_a_run_that_broke_off_is_gone_on_with(
    point: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sequence()
    file_reports(world, 3)

    def kill(*_: object) -> None:
        raise Killed

    def half(self: PublishedLog, note: str) -> None:
        path = self.folder / "checkpoints"
        path.write_bytes(path.read_bytes() + note.encode()[:-17])
        raise Killed

    def only_bundles(log: PublishedLog, size: int, entries: list[bytes], _: list[bytes]) -> None:
        for path, data in sequencer.tiles.new_bundles(size, entries, log.read):
            log.write(path, data)
        raise Killed

    with monkeypatch.context() as broken:
        match point:
            case "numbers committed":
                broken.setattr(sequencer, "publish", kill)
            case "bundles written":
                broken.setattr(sequencer, "write", only_bundles)
            case "files written":
                broken.setattr(PublishedLog, "append", kill)
            case "checkpoint half appended":
                broken.setattr(PublishedLog, "append", half)
            case "checkpoint appended, not shown":
                broken.setattr(PublishedLog, "show", kill)
            case _:
                broken.setattr(PublishedLog, "clear_partials", kill)
        with pytest.raises(Killed):
            sequence()
    file_reports(world, 1)
    sequence()
    total = Entry.objects.count()
    assert Entry.objects.filter(seq=None).count() == 0
    assert holds(published())[0] == total
    shown = (published().folder / "checkpoint").read_text()
    assert shown == published().notes()[-1]
    assert (published().folder / "checkpoints").read_text() == "".join(published().notes())


def test_a_second_sequencer_stands_back(world: World) -> None:
    with sequencer.alone() as first:
        assert first
        assert sequence() == 0
    assert sequence() > 0


@pytest.mark.django_db(transaction=True)
def test_killed_while_it_works(transactional_db: None) -> None:
    """A child is killed at moments nobody chose; whoever comes next takes up what is there."""
    world = make_world()
    command = [sys.executable, "-m", "tests.jobs.sequence_forever"]
    for milliseconds in (0, 20, 40, 70, 110):
        file_reports(world, 12)
        with subprocess.Popen(
            command, env=child_environment(), cwd=ROOT, stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            time.sleep(milliseconds / 1000)
            child.kill()
    # The server needs a moment to notice that who held the lock is gone.
    for _turn in range(100):
        sequence()
        if not Entry.objects.filter(seq=None).exists():
            break
        time.sleep(0.1)
    total = Entry.objects.count()
    assert sorted(Entry.objects.values_list("seq", flat=True)) == list(range(total))
    assert holds(published())[0] == total


def test_an_older_database_under_a_newer_log_is_refused(world: World) -> None:
    sequence()
    Entry.objects.order_by("-seq").update(seq=None)
    signer = published_log.signer(published())
    with pytest.raises(LogAhead):
        publish(published(), signer)


def test_changed_tiles_are_not_signed_over(world: World) -> None:
    sequence()
    path = next(path for path in published().files() if "tile/0" in str(path))
    path.write_bytes(bytes(32) + path.read_bytes()[32:])
    file_reports(world, 1)
    with pytest.raises(LogDamaged):
        sequence()


def test_the_key_is_made_once_and_for_its_owner_alone(db: None, settings: Settings) -> None:
    sequence()
    path = published_log.key_path()
    assert path.stat().st_mode & 0o777 == 0o600
    key = published().verifier()
    assert key is not None and key.name == settings.YISHI_LOG_ORIGIN
    path.unlink()
    with pytest.raises(LogKeyMissing):
        sequence()


def test_numbers_go_on_where_they_ended(world: World) -> None:
    total = Entry.objects.count()
    assert number(batch=4) == 4
    assert number(batch=4096) == total - 4
    assert number() == 0
