"""Compiles the translations that changed: `python -m tools.messages`."""

import os
import tempfile
from pathlib import Path

from tools import po

LOCALE = Path(__file__).resolve().parent.parent / "src" / "yishi" / "locale"


def compile_changed(locale: Path = LOCALE) -> list[Path]:
    """Write django.mo beside each newer django.po, whole or not at all; return what was written."""
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        handle, name = tempfile.mkstemp(dir=source.parent, suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(po.compiled(po.read(source)))
        Path(name).replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_changed():
        print(f"compiled {path.relative_to(LOCALE)}")
