"""What cities decided: their rule as they state it gives their winners.

The other implementation is pabutools (GPL), an oracle of the tests alone.
"""

from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
from pabutools.rules import sequential_phragmen as phragmen_of_pabutools
from pabutools.tiebreaking import TieBreakingRule

from tests.counting.budget.elections import collection, in_order, published
from yishi.counting.budget.completion import Convention, completed
from yishi.counting.budget.greedy import most_votes_first, winners
from yishi.counting.budget.pabulib import File
from yishi.counting.budget.phragmen import sequential_phragmen
from yishi.counting.budget.shares import equal_shares

SKIP = {"greedy": True, "greedy-threshold": True, "greedy-no-skip": False}
SHARES = "equalshares/add1"
RULES = ("most votes", "equal shares", "phragmen")


def names(file: File, won: list[int]) -> set[str]:
    return {file.names[project] for project in won}


def stated(file: File) -> set[str] | None:
    """The winners by the rule the file states, None for a rule that is not ours."""
    election, rule = file.election, file.meta["rule"]
    rank = in_order(election)
    if rule == SHARES:
        count = completed(election, rank, Convention.UNTIL_OVERSPENT, file.unit)
        return names(file, count.shares.bought)
    if rule not in SKIP:
        return None
    turns = most_votes_first(election, rank, skip=SKIP[rule], threshold=file.threshold)
    return names(file, winners(turns))


def test_every_stated_rule_gives_the_official_winners() -> None:
    counted, wrong = 0, []
    for path in collection():
        file = published(path)
        if file.official is None:
            continue
        counted += 1
        if stated(file) != set(file.official):
            wrong.append(path.name)
    assert wrong == []
    assert counted >= 59


def test_the_vote_of_swiecie_by_its_own_rule_and_by_most_votes() -> None:
    path = next(path for path in collection() if "Swiecie_2023" in path.name)
    file = published(path)
    election, rank = file.election, in_order(file.election)
    count = completed(election, rank, Convention.UNTIL_OVERSPENT, file.unit)
    assert count.steps == 242
    assert len(count.shares.bought) == 17
    greedy = winners(most_votes_first(election, rank))
    assert len(greedy) == 9


def test_another_implementation_finds_the_same_winners() -> None:
    wrong = []
    for path in collection():
        file = published(path)
        if file.meta["vote_type"] not in ("approval", "choose-1"):
            continue
        election, rank = file.election, in_order(file.election)
        instance, profile = parse_pabulib(str(path))
        profile = profile.as_multiprofile()
        order = dict(zip(file.names, rank, strict=True))
        ties = TieBreakingRule(lambda _, __, project, order=order: order[project.name])
        ours = (
            winners(most_votes_first(election, rank)),
            equal_shares(election, rank).bought,
            [one.project for one in sequential_phragmen(election, rank)],
        )
        theirs = (
            greedy_utilitarian_welfare(instance, profile, sat_class=Cost_Sat, tie_breaking=ties),
            method_of_equal_shares(instance, profile, sat_class=Cost_Sat, tie_breaking=ties),
            phragmen_of_pabutools(instance, profile, tie_breaking=ties),
        )
        for rule, mine, other in zip(RULES, ours, theirs, strict=True):
            if names(file, mine) != {project.name for project in other}:
                wrong.append((path.name, rule))
    assert wrong == []
