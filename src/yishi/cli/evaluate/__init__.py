"""`yishi evaluate`: how well what suggests does, measured on published data beside plain rules.

A part is a function `(folder) -> Iterable[Line]` in a file of its own, listed in `PARTS`; it
yields each line as soon as it is known, reads the data sets from `folder`, and draws nothing by
chance. Its name is what `--only` takes.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from yishi.cli.evaluate.dispatched import october, unit
from yishi.cli.evaluate.first_level import first_level_class
from yishi.cli.evaluate.line import Line, say_line
from yishi.cli.evaluate.reply import replies
from yishi.cli.evaluate.routing_cost import routing_cost
from yishi.cli.evaluate.similar import similar_bursts, similar_pairs, similar_speed

NAME = "evaluate"
HELP = "measure what suggests against published data; 1 where a figure misses its mark"

Part = Callable[[Path], Iterable[Line]]
PARTS: tuple[Part, ...] = (
    first_level_class,
    unit,
    october,
    routing_cost,
    similar_pairs,
    similar_bursts,
    similar_speed,
    replies,
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    names = [part.__name__ for part in PARTS]
    parser.add_argument("--only", action="append", choices=names, help="one part; may be repeated")


def run(options: argparse.Namespace) -> int:
    """0 where every figure that has a mark reaches it and every data set was there."""
    from django.utils.translation import gettext as _

    from yishi.cli import say

    missed = 0
    for part in PARTS:
        if options.only and part.__name__ not in options.only:
            continue
        say(f"\n{part.__name__}")
        began = time.process_time()
        try:
            for line in part(options.data):
                say(f"  {say_line(line)}")
                missed += line.misses
        except FileNotFoundError as lacking:
            say("  " + _("not measured: %(file)s is not there") % {"file": lacking.filename})
            missed += 1
        say("  " + _("%(seconds).1f s of CPU") % {"seconds": time.process_time() - began})
    return int(missed > 0)
