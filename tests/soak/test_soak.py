"""A small soak: a few kills in the tests, two hundred in `make soak`."""

import os
import subprocess
import sys

from tests.needs import ROOT


def test_a_few_kills_lose_and_double_nothing() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "YISHI_DATABASE_URL"}
    environment["PYTHONPATH"] = f"{ROOT}{os.pathsep}{ROOT / 'src'}"
    ran = subprocess.run(
        [sys.executable, "-m", "tests.soak", "--kills", "8", "--seed", "11"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
