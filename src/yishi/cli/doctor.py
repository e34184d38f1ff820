"""`yishi doctor`: what is well with this installation and what is not."""

import argparse

NAME = "doctor"
HELP = "look the installation over; 1 where something needs a hand"


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    """0 where everything is well."""
    from yishi.cli import faults, say
    from yishi.jobs.doctor import Health, look
    from yishi.phrases.operate import say_checked
    from yishi.records.wallclock import now

    marks = {Health.GOOD: "✓", Health.BAD: "✗", Health.NOTE: "·"}
    bad = 0
    for checked in look(now(), faults()):
        say(f"{marks[checked.health]} {say_checked(checked.code, checked.params)}")
        bad += checked.health is Health.BAD
    return 1 if bad else 0
