"""The rule that a `.pb` file states, by the names of the collection, and its count by a rule.

Source: pabulib.org/format.
"""

from collections.abc import Collection
from dataclasses import replace

from yishi.counting.budget.counted import Counted, Rule, count
from yishi.counting.budget.pabulib import File

NAMES = {
    "greedy": Rule.GREEDY_SKIP,
    "greedy-no-skip": Rule.GREEDY_NO_SKIP,
    "greedy-threshold": Rule.GREEDY_THRESHOLD,
    "equalshares": Rule.SHARES_PLAIN,
    "equalshares/add1": Rule.SHARES_UNTIL_OVERSPENT,
}


def stated_rule(file: File) -> Rule | None:
    """The rule it was decided by, None where it states none or one that is not ours."""
    return NAMES.get(file.meta.get("rule", "").strip().lower())


def count_file(file: File, rule: Rule) -> Counted:
    """The election of a file by a rule, with the lot, the step of completion and, by equal shares,
    the gifts that it states."""
    gifts = file.gifts if rule.by_shares else None
    threshold, unit = file.threshold, file.step
    return count(file.election, file.lot, rule, threshold=threshold, unit=unit, gifts=gifts)


def with_winners(file: File, rule: Rule, won: Collection[int]) -> File:
    """The same election decided: its rule by the name of the collection, where it has one there,
    and who was selected. What the file said of either before is replaced."""
    names = {ours: name for name, ours in NAMES.items()}
    same = stated_rule(file) is rule
    meta = dict(file.meta) if same else {**file.meta, "rule": names.get(rule, rule.value)}
    projects = tuple(
        {**row, "selected": "1" if project in won else "0"}
        for project, row in enumerate(file.projects)
    )
    return replace(file, meta=meta, projects=projects)
