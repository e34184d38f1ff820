"""Which tests stay together in one process when two share them: what they stand on takes long."""

import re

from xdist.scheduler import LoadScopeScheduling

# What a test is called → the group it is in. Each demo is told, and each office filled, once; the
# walk goes beside the journeys, each in its order at a demo of its own.
GROUPS = (
    (re.compile(r"^tests/demo/.*\[(\w+( \w+)?)"), r"demo \1"),
    (re.compile(r"^tests/cli/test_backup\.py::.*"), "offices"),
    (re.compile(r"^tests/browser/test_walk\.py::.*"), "walk"),
    (re.compile(r"^tests/browser/.*"), "journeys"),
)


def group(test: str) -> str:
    """The group of a test, its own name where it is in none."""
    for pattern, name in GROUPS:
        if found := pattern.match(test):
            return found.expand(name)
    return test


class Together(LoadScopeScheduling):
    """Gives a process a group at a time, the largest first, then one test after the other."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)
