"""The public record: anyone reads it, checks it, and finds nobody in it."""

import hashlib
import json
import re

import pytest
from django.test import Client
from pytest_django import Settings

from tests.acts.test_whole_way import done
from tests.acts.world import World
from yishi.acts import report
from yishi.acts.case import intake
from yishi.acts.report import Words
from yishi.records.heartbeat import beat
from yishi.records.log import published, signer, verify_ed25519
from yishi.records.models import Entry, Person, Report
from yishi.records.wallclock import now
from yishi.tlog import tiles
from yishi.tlog.checkpoint import Checkpoint, Verifier, note_verifier, parse_checkpoint, parse_note
from yishi.tlog.tree import Frontier, leaf_hash
from yishi.tlog.verify import verify_log
from yishi.web.record import short_code


def sign_all() -> None:
    """What the sequencer does, for entries in the order of their keys."""
    log, size = published(), 0
    for seq, pk in enumerate(Entry.objects.order_by("id").values_list("id", flat=True)):
        Entry.objects.filter(pk=pk).update(seq=seq)
        size = seq + 1
    entries = [bytes(leaf) for leaf in Entry.objects.order_by("seq").values_list("leaf", flat=True)]
    hashes = [leaf_hash(entry) for entry in entries]
    for path, data in (
        *tiles.new_bundles(0, entries, log.read),
        *tiles.new_tiles(0, hashes, log.read),
    ):
        log.write(path, data)
    frontier = Frontier()
    for each in hashes:
        frontier.append(each)
    log.append(signer(log).note(Checkpoint("yishi/log", size, frontier.root())))


@pytest.fixture
def signed(world: World) -> World:
    building = world.buildings["柳荫1栋"].uid
    words = Words("楼下的井盖不见了", building=building)
    uid = done(report.file(world.ask("王桂英"), words)).uid
    done(intake.dispatch(world.ask("分拨员老赵"), uid, world.duties["井盖缺失"].uid))
    sign_all()
    return world


def test_before_the_first_checkpoint_it_says_so(client: Client, db: None) -> None:
    page = client.get("/record")
    assert page.status_code == 200
    assert "还没有签名" in page.content.decode()
    assert client.get("/log/checkpoint").status_code == 404
    assert client.get("/record/entries/0").status_code == 404


def test_it_shows_where_it_stands_and_what_was_done(client: Client, signed: World) -> None:
    latest = published().latest()
    assert latest is not None
    page = client.get("/record").content.decode()
    assert short_code(latest[0]) in page
    assert latest[0].root.hex() in page
    assert "提出诉求" in page
    assert "望江街道办事处 分拨员" in page


def test_nobody_is_in_it(client: Client, signed: World) -> None:
    pages = [client.get("/record").content.decode()]
    pages += [client.get(f"/record/entries/{seq}").content.decode() for seq in range(99)]
    pages += [
        client.get(f"/log/{path.relative_to(published().folder)}").content.decode("latin-1")
        for path in published().files()
    ]
    shown = "\n".join(pages)
    hidden = [person.name for person in Person.objects.all()]
    hidden += [person.phone for person in Person.objects.all()]
    hidden += ["井盖不见了", Report.objects.get().number]
    assert [text for text in hidden if text in shown] == []


def test_an_entry_carries_its_proof(client: Client, signed: World) -> None:
    entry = Entry.objects.get(code="case.dispatched")
    page = client.get(f"/record/entries/{entry.seq}")
    assert page.status_code == 200
    text = page.content.decode()
    assert "证明通向签名的根" in text
    assert leaf_hash(bytes(entry.leaf)).hex() in text
    assert json.loads(bytes(entry.leaf))["digests"].popitem()[1] in text
    assert client.get(f"/record/entries/{Entry.objects.count()}").status_code == 404


def test_pages_follow_each_other_without_counting(
    client: Client, signed: World, django_assert_num_queries: object
) -> None:
    first = client.get("/record")
    assert first.status_code == 200
    for asked in ("0", "2", "99999999999", "x", "-1"):
        assert client.get(f"/record?page={asked}").status_code == 200
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get("/record")


def test_the_files_served_are_enough_to_verify(client: Client, signed: World) -> None:
    def read(path: str) -> bytes | None:
        found = client.get(f"/log/{path}")
        return found.content if found.status_code == 200 else None

    key = Verifier.decode(client.get("/log/key").content.decode().strip())
    notes = [client.get("/log/checkpoint").content.decode()]
    outcome = verify_log(read, notes, note_verifier([key], verify_ed25519))
    assert outcome.findings == ()
    assert outcome.size == Entry.objects.count()


def test_files_are_kept_by_readers_as_long_as_they_hold(client: Client, signed: World) -> None:
    size = Entry.objects.count()
    tile = client.get(f"/log/tile/0/000.p/{size}")
    assert tile["Cache-Control"] == "public, max-age=31536000, immutable"
    assert tile["Content-Type"] == "application/octet-stream"
    older = client.get("/log/tile/0/000.p/2")
    assert older.content == tile.content[:64]
    note = client.get("/log/checkpoint")
    assert note["Cache-Control"] == "no-cache"
    assert note["Content-Type"] == "text/plain; charset=utf-8"
    point = parse_checkpoint(parse_note(note.content.decode()).text)
    assert hashlib.sha256(point.root).digest_size == 32 and point.size == size


WRONG_PATHS = (
    "../keys/log-signing.key",
    "tile/0/../../../keys/log-signing.key",
    "tile/../checkpoint",
    "tile/0/000.p/../../key",
    "tile/0/999",
    "tile/0/000.p/0",
    "tile/0/000.p/999",
    "tile/64/000",
    "tile/0/0",
    "checkpoint/",
    "sequencer.lock",
    ".new-1",
    "%2e%2e/keys/log-signing.key",
)


@pytest.mark.parametrize("path", WRONG_PATHS)
def test_nothing_else_is_served(path: str, client: Client, signed: World) -> None:
    assert client.get(f"/log/{path}").status_code == 404


def test_it_is_read_only(client: Client, signed: World) -> None:
    for path in ("/record", "/record/entries/0", "/log/checkpoint"):
        assert client.post(path).status_code == 405
        assert client.put(path).status_code == 405


def test_the_short_code_is_easy_to_copy(settings: Settings) -> None:
    code = short_code(Checkpoint("yishi/log", 1515, bytes(range(32))))
    assert code == "1515-0001-0203-0405"
    assert re.fullmatch(r"\d+(-[0-9A-F]{4}){3}", code)


def test_the_probes(client: Client, db: None) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    silent = client.get("/readyz")
    assert (silent.status_code, silent.json()) == (503, {"database": "ok", "worker": "silent"})
    beat(now())
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"database": "ok", "worker": "ok"})
