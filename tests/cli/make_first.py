"""Makes `first_backup.tar.gz`: an installation as the first version left it.

    python -m tests.cli.make_first

A later version must restore and upgrade it; it is made once and never made again. Its people
and matters are invented, and its keys are those of the tests.
"""

import tarfile
import tempfile
from pathlib import Path

from tests.cli.office import Office

KEPT = Path(__file__).parent / "first_backup.tar.gz"


def main() -> None:
    """Fills an office, backs it up, packs the backup."""
    with tempfile.TemporaryDirectory() as folder:
        var, target = Path(folder) / "var", Path(folder) / "backup"
        var.mkdir()
        office = Office(var)
        office.fill()
        code, said = office.run("backup", target)
        assert code == 0, said
        with tarfile.open(KEPT, "w:gz") as archive:
            archive.add(target, arcname="backup")


if __name__ == "__main__":
    main()
