"""A small soak: a few kills and sequences in the tests, the whole of it in `make soak`."""

import os
import subprocess
import sys

from tests.needs import ROOT
from tests.soak import sequences
from tests.soak.moves import MOVES, OTHER_HALF
from yishi.core.case.state import TRANSITIONS


def test_a_few_kills_lose_and_double_nothing() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "YISHI_DATABASE_URL"}
    environment["PYTHONPATH"] = f"{ROOT}{os.pathsep}{ROOT / 'src'}"
    ran = subprocess.run(
        [sys.executable, "-m", "tests.soak", "--kills", "8", "--seed", "11"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_random_lives_break_no_promise() -> None:
    rules = sequences.terms()
    met = sequences.Met()
    for number in range(60):
        met.add(sequences.one(7, number, rules))
    assert met.faults == []
    assert sum(met.acts.values()) >= 60 * sequences.ACTS_EACH


def test_the_sequences_know_every_act_of_a_case() -> None:
    born = {
        "report.file",
        "report.join",
        "report.file_for",
        "report.settle_on_spot",
        "outside.receive",
    }
    acts = {row.act for row in TRANSITIONS} | {"order.issue", "order.answer", "case.set_clock"}
    assert {*MOVES, *OTHER_HALF, *born} == acts
    assert {"return_ruled", "main_behind", "until_far"} < sequences.codes()
