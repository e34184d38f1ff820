"""How far a long command has come: a bar on a terminal, a line each tenth elsewhere."""

import sys
import time
from typing import TextIO

WIDTH = 28


class Progress:
    """Shows `done` of `total` on the error stream, so that the output stays clean."""

    def __init__(self, total: int, out: TextIO | None = None) -> None:
        self.total, self.out = max(total, 1), out or sys.stderr
        self.began = time.monotonic()
        self._shown = -1

    def show(self, done: int) -> None:
        """Draws the bar anew, or writes a line once another tenth is done."""
        share = min(1.0, done / self.total)
        seconds = int(time.monotonic() - self.began)
        line = f"{done}/{self.total}  {share:4.0%}  {seconds} s"
        if self.out.isatty():
            bar = "#" * round(share * WIDTH)
            self.out.write(f"\r[{bar:<{WIDTH}}] {line}")
        elif int(share * 10) > self._shown:
            self._shown = int(share * 10)
            self.out.write(line + "\n")
        self.out.flush()

    def end(self) -> None:
        """Leaves the bar where it is."""
        if self.out.isatty():
            self.out.write("\n")
            self.out.flush()
