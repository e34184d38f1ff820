"""`yishi count`: which projects of a `.pb` file win, by which rule, and why."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yishi.counting.budget.counted import Counted
    from yishi.counting.budget.pabulib import File
    from yishi.phrases.budget import Money

NAME = "count"
HELP = "count an election of projects (a .pb file); 1 where the file cannot be read"
STATED = "stated"
INDENT = "    "
COUNTS = 100
"""How often is counted again to find what would have been enough by equal shares."""


def arguments(parser: ArgumentParser) -> None:
    """`FILE`, the rules, a receipt, where to write."""
    from yishi.counting.budget.counted import Rule

    rules = [rule.value for rule in Rule]
    parser.add_argument("file", type=Path, metavar="FILE", help="an election as a .pb file")
    parser.add_argument(
        "--rule", choices=[STATED, *rules], default=STATED, metavar="RULE",
        help=f"{', '.join(rules)}; else the one the file states",
    )  # fmt: skip
    parser.add_argument(
        "--beside", choices=["greedy", *rules], metavar="RULE",
        help="a second rule beside it; greedy: most votes first",
    )  # fmt: skip
    parser.add_argument("--receipt", metavar="VOTER", help="what this voter's share paid for")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="write the election with its winners"
    )


def run(options: Namespace) -> int:
    """0. Faults in the file, a rule nobody knows, a voter who is not there: a sentence, and 1."""
    from django.utils.translation import gettext as _

    from yishi.cli import Fault, say
    from yishi.counting.budget.counted import Rule
    from yishi.counting.budget.pabulib import write
    from yishi.counting.budget.stated import count_file, stated_rule, with_winners
    from yishi.phrases.budget import Money

    file = _read(options.file)
    rule = stated_rule(file) if options.rule == STATED else Rule(options.rule)
    if rule is None:
        raise Fault(_("The file states no rule of ours: name one with --rule."))
    money = Money(file.unit, file.meta.get("currency", ""))
    counted = count_file(file, rule)
    _say_election(file, money)
    _say_count(file, counted, money)
    if options.beside:
        other = Rule.GREEDY_SKIP if options.beside == "greedy" else Rule(options.beside)
        _say_beside(file, counted, count_file(file, other), money)
    if options.receipt:
        _say_receipt(file, counted, options.receipt, money)
    if options.out:
        decided = with_winners(file, rule, counted.winners)
        options.out.write_text(write(decided), encoding="utf-8")
        say("", _("Written to %(file)s.") % {"file": options.out})
    return 0


def _read(path: Path) -> "File":
    from django.utils.translation import gettext as _

    from yishi.cli import Fault
    from yishi.counting.budget.pabulib_in import BadFile, read
    from yishi.phrases.budget_file import say_fault

    try:
        return read(path.read_text("utf-8-sig"))
    except BadFile as bad:
        head = _("%(file)s cannot be counted:") % {"file": path}
        raise Fault("\n".join([head, *(f"- {say_fault(one)}" for one in bad.wrong)])) from bad
    except UnicodeDecodeError as error:
        raise Fault(_("%(file)s is not text in UTF-8.") % {"file": path}) from error


def _say_election(file: "File", money: "Money") -> None:
    from django.utils.translation import gettext as _

    from yishi.cli import say

    told = {
        "name": file.meta.get("description", ""),
        "projects": len(file.names),
        "voters": file.election.voters,
        "budget": money.say(file.election.budget),
    }
    if told["name"]:
        say(told["name"])
    say(_("%(projects)s projects, %(voters)s voters, %(budget)s to spend.") % told)


def _say_count(file: "File", counted: "Counted", money: "Money") -> None:
    from django.utils.translation import gettext as _

    from yishi.cli import say
    from yishi.counting.budget.again import counted_again
    from yishi.counting.budget.explain import explain
    from yishi.phrases.budget import say_rule
    from yishi.phrases.budget_why import say_held, say_why

    say("", say_rule(counted.rule), _sum(counted, money))
    if file.official is not None:
        won = {file.names[project] for project in counted.winners}
        same = _("The file names the same winners.")
        say(same if won == file.official else _("The file names other winners."))
    told = counted_again(counted, explain(counted), COUNTS)
    say("", _("Winners"))
    for project in counted.winners:
        say(_line(file, project, money))
        say(*(INDENT + words for words in say_why(told[project], counted, money)))
    lost = [one for one in told if not one.won]
    if lost:
        say("", _("Not chosen"))
    for one in sorted(lost, key=lambda one: -one.score):
        say(_line(file, one.project, money))
        say(*(INDENT + words for words in say_why(one, counted, money)))
    if lost:
        say("", *say_held(counted, told))


def _sum(counted: "Counted", money: "Money") -> str:
    from django.utils.translation import gettext as _

    return _(
        "%(won)s win for %(spent)s, %(left)s is left. %(reached)s of %(voters)s voters have at "
        "least one project they chose."
    ) % {
        "won": len(counted.won),
        "spent": money.say(counted.spent),
        "left": money.say(counted.left),
        "reached": counted.reached,
        "voters": counted.election.voters,
    }


def _line(file: "File", project: int, money: "Money") -> str:
    name = file.projects[project].get("name", "")
    return f"  {file.names[project]}  {money.say(file.election.costs[project])}  {name}".rstrip()


def _say_beside(file: "File", counted: "Counted", other: "Counted", money: "Money") -> None:
    from django.utils.translation import gettext as _

    from yishi.cli import say
    from yishi.counting.budget.beside import beside
    from yishi.phrases.budget import say_rule

    told = beside(counted, other)
    say("", _("Beside it: %(rule)s") % {"rule": say_rule(other.rule)}, _sum(other, money))
    for words, projects in (
        (_("Chosen by both"), told.both),
        (_("Chosen by the first alone"), told.here),
        (_("Chosen by the second alone"), told.there),
    ):
        say(f"{words} ({len(projects)})")
        say(*(_line(file, project, money) for project in projects))


def _say_receipt(file: "File", counted: "Counted", voter: str, money: "Money") -> None:
    from django.utils.translation import gettext as _

    from yishi.cli import Fault, say
    from yishi.counting.budget.own_receipt import own_receipt

    if not counted.rule.by_shares:
        raise Fault(_("This rule shares nothing out: there is no receipt."))
    known = [row["voter_id"] for row in file.votes]
    if voter not in known:
        raise Fault(_("There is no voter %(voter)s in the file.") % {"voter": voter})
    told = own_receipt(counted, file.ballots[known.index(voter)])
    say("", _("The receipt of %(voter)s") % {"voter": voter})
    say(_("In the purse: %(amount)s") % {"amount": money.say(counted.each)})
    for project, gave in told.paid:
        say(f"{INDENT}{money.say(gave)}  {file.names[project]}  "
            f"{file.projects[project].get('name', '')}".rstrip())  # fmt: skip
    say(_("Left over: %(amount)s") % {"amount": money.say(told.left)})
