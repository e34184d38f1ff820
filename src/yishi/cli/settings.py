"""`yishi settings`: the values in force, secrets masked."""

import argparse

NAME = "settings"
HELP = "print the settings in force; secrets show only whether they are set"


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    """0; the faults that keep Yishi from starting stand below, and then 1."""
    from django.conf import settings

    from yishi.cli import faults, say, say_faults

    rows = settings.YISHI_EFFECTIVE
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, value, words in rows:
        say(f"{name:<{widths[0]}}  {value:<{widths[1]}}  {words}".rstrip())
    found = faults()
    if found:
        say("")
        say_faults(found)
    return 1 if found else 0
