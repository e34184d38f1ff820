"""Completed equal shares of a `.pb` file by pabutools (GPL, an oracle of tests and bench alone).

    python -m tests.bench.rivals.pabu FILE until_overspent|until_exhaustive

Prints a line of JSON when it has read, and another with the winners when it has counted: CPU
seconds. Every ballot is an approval of what it names, and like ballots are counted once, with
which it is quickest.
"""

import json
import sys
import time
from collections.abc import Collection

from pabutools.election import (
    AbstractCumulativeProfile,
    ApprovalBallot,
    ApprovalProfile,
    Cost_Sat,
    Project,
    parse_pabulib,
)
from pabutools.rules import exhaustion_by_budget_increase, method_of_equal_shares
from pabutools.tiebreaking import TieBreakingRule

from tests.bench.budget import counted


def main() -> None:
    """Reads, counts and prints."""
    path, convention = sys.argv[1:]
    began = time.process_time()
    instance, given = parse_pabulib(path)
    points = isinstance(given, AbstractCumulativeProfile)
    ballots = [ApprovalBallot(p for p in one if not points or one[p] > 0) for one in given]
    votes = {project.name: 0 for project in instance}
    for ballot in ballots:
        for project in ballot:
            votes[project.name] += 1
    profile = ApprovalProfile(ballots, instance=instance).as_multiprofile()
    order = {project.name: place for place, project in enumerate(instance.project_meta)}
    told = {"read": time.process_time() - began, "began": time.process_time()}
    print(json.dumps(told), flush=True)
    ties = TieBreakingRule(lambda _, __, p: (p.cost, -votes[p.name], order[p.name]))
    rule = {"sat_class": Cost_Sat, "tie_breaking": ties}

    def count() -> Collection[Project]:
        if convention == "until_exhaustive":
            return method_of_equal_shares(instance, profile, voter_budget_increment=1, **rule)
        return exhaustion_by_budget_increase(
            instance,
            profile,
            method_of_equal_shares,
            rule,
            exhaustive_stop=False,
            budget_step=len(ballots),
        )

    took, won = counted(count)
    print(json.dumps({**told, "count": took, "won": sorted(p.name for p in won)}))


if __name__ == "__main__":
    main()
