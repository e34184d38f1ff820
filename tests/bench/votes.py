"""A vote by roll: casting, and a roll of 100,000 made, opened and counted.

    python -m tests.bench.votes [--lines 100000] [--repeat 200]

CPU ms a vote cast, the median over the repeats, with its statements; CPU seconds for the roll. On
SQLite, or on the database of YISHI_DATABASE_URL, which has to be empty.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.acts.roll import Ballots
    from yishi.records.models import Vote

CAST_AIM = {"sqlite": 4, "postgresql": 6}
OPEN_AIM, COUNT_AIM = 20, 2
BATCH = 2_000


def main() -> None:
    """Measures in a folder of its own and prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yishi-bench-") as folder:
        os.environ |= {"YISHI_MODE": "test", "YISHI_VAR": folder}
        os.environ["DJANGO_SETTINGS_MODULE"] = "yishi.site.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        aim = CAST_AIM[connection.vendor]
        print(f"\nA vote by roll on {connection.vendor}")
        for secret in ("false", "true"):
            took, statements = casting(options.repeat, secret)
            name = (
                "secret, CPU ms a vote cast" if secret == "true" else "by name, CPU ms a vote cast"
            )
            print(f"{name:44}{took:>8.2f}   (aim ≤ {aim}), {statements} statements")
        large(options.lines)


def casting(repeat: int, secret: str) -> tuple[float, int]:
    """Median CPU ms, and the statements of one more."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.acts.roll import FOR, make_ballots, settle
    from yishi.acts.vote.casting import cast

    world = fresh()
    names = [f"居民{no:04}" for no in range(repeat + 1)]
    settle(world, names)
    b = make_ballots(world, ("装电梯", "修车棚"), secret=secret)
    b.open()
    vote, choices, took = b.vote.uid, b.says(FOR, FOR), []
    for name in names[:-1]:
        ask = b.ask(name)
        began = time.process_time_ns()
        done = cast(ask, vote, choices)
        took.append((time.process_time_ns() - began) / 1e6)
        b.hall.did(done)
    ask = b.ask(names[-1])
    with CaptureQueriesContext(connection) as found:
        b.hall.did(cast(ask, vote, choices))
    asked = [one["sql"] for one in found if one["sql"].split()[0] not in ("BEGIN", "COMMIT")]
    return statistics.median(took), len(asked)


def large(lines: int) -> None:
    """A roll of so many households' rows; nearly all take part, and it is counted."""
    from tests.acts.roll import DESK, OVERSEER, Row, make_ballots
    from yishi.acts.vote import closing, opening, roll

    rows = [Row(f"业主{no}", f"{no // 400}栋", f"{no % 400}", 900_000) for no in range(lines)]
    for unit, secret in (("person", "true"), ("owner", "false")):
        b = make_ballots(fresh(), ("装电梯", "修车棚"), unit=unit, secret=secret)
        print(f"\n{lines:,} lines, {unit}, {'secret' if secret == 'true' else 'by name'}")
        with timed("the roll made", OPEN_AIM) as made:
            b.hall.did(roll.open_roll(b.ask(DESK), b.topic, rows))
        with timed("the roll frozen, the vote opened", OPEN_AIM - made()):
            b.hall.did(opening.open_vote(b.ask(DESK), b.topic))
        fill(b)
        b.end()
        counted(b.vote)
        with timed("closed whole, ballots made nobody's", 0):
            b.hall.did(closing.close_vote(b.ask(OVERSEER), b.topic))
        assert b.vote.result["heads"] == lines, b.vote.result


def counted(vote: "Vote") -> None:
    """What the ballots come to, read once."""
    from yishi.records.queries.vote_ballots import letters_of, tally
    from yishi.records.vote_key import read_key

    key = read_key(vote.uid) if vote.is_secret else None
    with timed("counted", COUNT_AIM):
        tally([one[0] for one in vote.options], *letters_of(vote, key))


def fill(b: "Ballots") -> None:
    """Everybody has voted, written past the acts: only the count is measured."""
    from yishi.records.entropy import SYSTEM_ENTROPY, new_uid
    from yishi.records.models import Part, Voter
    from yishi.records.queries import vote_ballots as ballots
    from yishi.records.vote_key import read_key

    vote = b.vote
    key = read_key(vote.uid) if vote.is_secret else None
    voters = list(Voter.objects.filter(vote=vote).values_list("pk", "uid"))
    rows = [
        (
            ballots.new_id(SYSTEM_ENTROPY),
            vote.pk,
            None if key else pk,
            key.ballot_key(uid) if key else uid,
            "" if key else ("ff", "fa", "ax")[pk % 3],
            key.close(("ff", "fa", "ax")[pk % 3], key.ballot_key(uid)) if key else "",
            "online",
        )
        for pk, uid in voters
    ]
    ballots.write(rows)
    now = b.hall.now
    Part.objects.bulk_create(
        [
            Part(uid=new_uid(SYSTEM_ENTROPY), vote=vote, voter_id=pk, way="online", at=now)
            for pk, _ in voters
        ],
        BATCH,
    )


def fresh():  # type: ignore[no-untyped-def]
    """A small world in an empty database."""
    from django.core.management import call_command

    from tests.acts.world import World, _make_world

    call_command("flush", verbosity=0, interactive=False)
    made: World = _make_world()
    return made


@contextmanager
def timed(what: str, aim: float) -> Iterator[Callable[[], float]]:
    """Prints the CPU seconds of what is done inside."""
    began = time.process_time()
    took: list[float] = []
    yield lambda: took[-1]
    took.append(time.process_time() - began)
    said = f"   (aim ≤ {aim:.1f})" if aim else ""
    print(f"{what + ', CPU s':44}{took[-1]:>8.2f}{said}", flush=True)


if __name__ == "__main__":
    main()
