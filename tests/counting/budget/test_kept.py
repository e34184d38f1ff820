"""A count that was kept and is read again is the same count, of every rule, and says why alike."""

import json

import pytest

from yishi.counting.budget.again import counted_again
from yishi.counting.budget.counted import Rule, count
from yishi.counting.budget.election import election_of
from yishi.counting.budget.explain import explain
from yishi.counting.budget.kept import keep, keep_enough, read_kept, with_enough

BALLOTS = [{0: 1}] * 4 + [{1: 1, 2: 1}] * 2 + [{2: 1, 3: 1}]
ELECTION = election_of(1_000, (900, 400, 300, 350, 100), BALLOTS)
LOT = (3, 1, 4, 0, 2)


@pytest.mark.parametrize("rule", list(Rule))
def test_a_kept_count_is_read_again(rule: Rule) -> None:
    gifts = {0: 500} if rule.by_shares else None
    least = 2 if rule is Rule.GREEDY_THRESHOLD else 0
    counted = count(ELECTION, LOT, rule, threshold=least, unit=5, gifts=gifts)
    kept = json.loads(json.dumps(keep(counted)))
    again = read_kept(kept, ELECTION)
    assert again == counted
    assert explain(again) == explain(counted)
    assert (again.winners, again.left) == (counted.winners, counted.left)
    assert kept["votes"] == [4, 2, 3, 1, 0]


def test_what_would_have_been_enough_is_kept_beside_it() -> None:
    counted = count(ELECTION, LOT, Rule.SHARES_UNTIL_OVERSPENT, unit=5)
    told = counted_again(counted, explain(counted), 100)
    kept = json.loads(json.dumps(keep_enough(told)))
    assert kept
    assert with_enough(explain(counted), kept) == told
