"""An installation the first version left behind is restored, upgraded and verified."""

import tarfile
from pathlib import Path

from tests.cli.make_first import KEPT
from tests.cli.office import Office


def test_what_the_first_version_left_is_restored_and_verifies(tmp_path: Path) -> None:
    with tarfile.open(KEPT) as archive:
        archive.extractall(tmp_path, filter="data")
    var = tmp_path / "var"
    var.mkdir()
    office = Office(var)
    code, said = office.run("restore", tmp_path / "backup")
    assert code == 0, said
    code, said = office.run("verify")
    assert code == 0, said
    code, said = office.run("upgrade", "--to", tmp_path / "before")
    assert code == 0, said
    assert "casework/standard 2" in said
    assert "新的法律底线 residents 1：清河区全区从今天起适用" in said
    assert "law/residents" not in said
    code, said = office.run_module("tests.cli.carry_on")
    assert code == 0, said
    code, said = office.run("verify")
    assert code == 0, said
