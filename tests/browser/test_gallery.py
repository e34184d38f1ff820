"""Every piece, on a phone, for elders and in the dark: axe and the content policy stay silent.

The gallery runs as a process of its own, because it stands up a Django of its own.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs

GALLERY = Path(__file__).parent / "gallery.py"


@pytest.mark.slow
def test_the_pieces_hold_on_phone_and_desk_and_for_elders(tmp_path: Path) -> None:
    needs.chromium()
    run = subprocess.run(
        [sys.executable, str(GALLERY), str(tmp_path), "--looks", "phone,phone-elder,desk-dark"],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert run.stdout.splitlines()[-1:] == [f"0 complaints; pictures in {tmp_path}"], (
        run.stdout + run.stderr
    )
