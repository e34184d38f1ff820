"""What it costs to count projects within a budget, beside pabutools, in one run.

    python -m tests.bench.budget [--convention until_overspent] [--limit 300] [--voters 100000]
        [--projects 1300]

The published files are those of YISHI_TEST_DATA or of the folder beside the checkout. Each count is
made in a process of its own: CPU seconds of reading and of counting, and the most memory the whole
process held. Beside pabutools both count alike: from the ballots in memory, like ones already put
together, to the winners; of short counts the quickest of five, on both sides. Ours is counted plain
and, where numba is installed, compiled; loading what is compiled is apart, like reading. pabutools
is cut off after `--limit` CPU seconds; the ratio is a lower bound then.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.needs import ROOT

if TYPE_CHECKING:
    from yishi.counting.budget.election import Election
    from yishi.counting.budget.floats import Engine

RATIO_AIM, FILE_AIM, MEMORY_AIM, GENERATED_AIM = 100, 2, 400, 60
LARGEST = 5
OVERSPENT, EXHAUSTIVE = "until_overspent", "until_exhaustive"
PLAIN, COMPILED = "plain", "compiled"
RIVAL = "tests.bench.rivals.pabu"
TIMES, LONG = 5, 5.0
SEED, BUDGET, DEAREST, CHEAPEST = 20260901, 0.3, 1_000_000, 10_000
FEN = 100


def main() -> None:
    """Measures and prints the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--convention", choices=(OVERSPENT, EXHAUSTIVE), default=OVERSPENT)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--voters", type=int, default=100_000)
    parser.add_argument("--projects", type=int, default=1_300)
    parser.add_argument("task", nargs="*", help="what a process of its own is to do")
    options = parser.parse_args()
    if options.task:
        print(json.dumps(TASKS[options.task[0]](*options.task[1:])))
        return
    data = Path(os.environ.get("YISHI_TEST_DATA", ROOT.parent / "shared" / "data"))
    folder = data / "pabulib"
    if folder.is_dir():
        files(folder, options.convention, options.limit)
    else:
        print("\nThe published elections are not here (set YISHI_TEST_DATA): only one made up")
    for longest in (10, 15):
        made_up(options.voters, options.projects, longest, options.convention)


def files(folder: Path, convention: str, limit: int) -> None:
    """All published files by every rule, and the largest beside pabutools."""
    told, held = alone("tests.bench.budget", "every", str(folder))
    slowest = max(told, key=lambda one: one["read"] + max(one["rules"].values()))
    rule = max(slowest["rules"], key=slowest["rules"].get)
    print(f"\nThe slowest of {len(told)} published elections: {slowest['name']}, {rule}")
    took = slowest["read"] + slowest["rules"][rule]
    print(f"{'read and counted, CPU s':44}{took:>8.2f}   (aim < {FILE_AIM})")
    print(f"{'all files one after another, MB':44}{held:>8.0f}   (aim < {MEMORY_AIM} for any)")
    largest = sorted(told, key=lambda one: -one["ballots"] * one["projects"])[:LARGEST]
    print(f"\nEqual shares completed {convention}, CPU s; aim ≥ {RATIO_AIM} × for counting")
    print(f"{'largest by ballots × projects':36}{'read':>6}{'pabutools: read':>17}{'count':>7}"
          f"{'MB':>5}{'plain':>9}{'MB':>5}{'ratio':>7}"
          f"{'compiled':>9}{'MB':>5}{'ratio':>7}")  # fmt: skip
    for one in largest:
        beside(folder / one["name"], convention, limit)


def beside(path: Path, convention: str, limit: int) -> None:
    """One file by one convention: theirs, and ours by each engine."""
    ours = {
        one: alone("tests.bench.budget", "ours", str(path), convention, one) for one in engines()
    }
    row = f"{path.name:36}{ours[PLAIN][0]['read']:>6.2f}"
    if find_spec("pabutools") is None:
        theirs, held = {}, 0.0
        row += "   pabutools is not installed: `make test-install` installs it"
    else:
        theirs, held = alone(RIVAL, str(path), convention, limit=limit)
        took = f"{theirs['count']:.2f}" if "count" in theirs else f"> {limit}"
        row += f"{theirs['read']:>17.2f}{took:>7}{held:>5.0f}"
    for told, most in ours.values():
        least = theirs.get("count", limit - theirs["began"]) / told["count"] if theirs else 0
        ratio = f"{least:,.0f}" if "count" in theirs else f"> {least:,.0f}" if theirs else ""
        row += f"{told['count']:>9.4f}{most:>5.0f}{ratio:>7}"
        row += "" if theirs.get("won", told["won"]) == told["won"] else "   OTHER WINNERS"
    print(row, flush=True)


def engines() -> tuple[str, ...]:
    """What ours can be counted by here."""
    return (PLAIN, COMPILED) if find_spec("numba") else (PLAIN,)


def made_up(voters: int, projects: int, longest: int, convention: str) -> None:
    """A large election from a seed, by every rule that a city might take and by each engine."""
    numbers = (str(voters), str(projects), str(longest))
    for engine in engines():
        told, held = alone("tests.bench.budget", "drawn", *numbers, convention, engine)
        print(f"\n{voters:,} voters × {projects:,} projects, 1 to {longest} chosen, "
              f"{told['kinds']:,} different ballots, "
              f"{told['each']:.0f} yuan each, {engine}")  # fmt: skip
        print(f"{'ballots put together, CPU s':44}{told['read']:>8.2f}")
        for rule, took in told["rules"].items():
            aim = f"   (aim < {GENERATED_AIM})" if rule == convention else ""
            print(f"{rule + ', CPU s':44}{took:>8.2f}{aim}")
        print(f"{'steps, projects bought':44}{told['steps']:>8}, {told['bought']}")
        print(f"{'memory, MB':44}{held:>8.0f}", flush=True)


def alone(module: str, *words: str, limit: int = 0) -> tuple[Any, float]:
    """What a process of its own said last before it ended or was cut off, and the most MB it
    held."""
    command = [sys.executable, "-m", module, *words]
    bound = (lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))) if limit else None
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=bound)
    assert child.stdout is not None
    said = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    if child.returncode > 0:
        raise subprocess.CalledProcessError(child.returncode, command)
    return json.loads(said.splitlines()[-1]), used.ru_maxrss / 1024


def _timed(what: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    done = what()
    return time.process_time() - began, done


def counted(count: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of a count and what it came to: the quickest of some where they are short."""
    took: list[float] = []
    while len(took) < TIMES and sum(took) < LONG:
        once, done = _timed(count)
        took.append(once)
    return min(took), done


def _engine(name: str) -> "Engine":
    """The plain or the compiled functions; the latter loaded, or made where they are not kept."""
    from tests.counting.budget.elections import approvals, in_order
    from yishi.counting.budget.compiled import compiled
    from yishi.counting.budget.completion import Convention, completed
    from yishi.counting.budget.floats import PLAIN as PLAINLY

    engine = compiled() if name == COMPILED else PLAINLY
    assert engine is not None
    small = approvals(10, (4, 4, 5), {0, 1}, {1}, {2})
    completed(small, in_order(small), Convention.UNTIL_OVERSPENT, engine=engine)
    return engine


def _ours(path: str, convention: str, engine: str) -> dict[str, Any]:
    """One file read and counted by one convention."""
    from tests.counting.budget.elections import in_order, published
    from yishi.counting.budget.completion import Completed, Convention, completed

    began = time.process_time()
    file = published(Path(path))
    election = file.election
    read = time.process_time() - began
    counts = _engine(engine)

    def count() -> Completed:
        # Anew, so that nothing is remembered of the count before.
        again = replace(election)
        return completed(again, in_order(again), Convention(convention), file.unit, counts)

    took, done = counted(count)
    won = sorted(file.names[project] for project in done.shares.bought)
    return {"read": read, "count": took, "won": won}


def _every(folder: str) -> list[dict[str, Any]]:
    """Every file read and counted by every rule."""
    from tests.counting.budget.elections import in_order, published

    told = []
    for path in sorted(Path(folder).glob("*.pb")):
        began = time.process_time()
        file = published(path)
        election, _ = file.election, in_order(file.election)
        read = time.process_time() - began
        rules, _ = _rules(election, file.unit, ("plain", EXHAUSTIVE, OVERSPENT), PLAIN)
        told.append({"name": path.name, "read": read, "rules": rules,
                     "ballots": election.voters, "projects": len(election.costs)})  # fmt: skip
    return told


def _rules(
    election: "Election", unit: int, conventions: tuple[str, ...], engine: str
) -> tuple[dict[str, float], Any]:
    """CPU seconds by rule, and what equal shares by the last of the conventions came to."""
    from tests.counting.budget.elections import in_order
    from yishi.counting.budget.completion import Convention, completed
    from yishi.counting.budget.greedy import most_votes_first
    from yishi.counting.budget.phragmen import sequential_phragmen

    rank, counts = in_order(election), _engine(engine)
    took: dict[str, float] = {}
    for one in conventions:
        took[one], done = _timed(partial(completed, election, rank, Convention(one), unit, counts))
    took["phragmen"], _ = _timed(partial(sequential_phragmen, election, rank))
    took["most votes first"], _ = _timed(partial(most_votes_first, election, rank))
    return took, done


def _drawn(
    voters: str, projects: str, longest: str, convention: str, engine: str
) -> dict[str, Any]:
    """An election as of a great city: few works that many want, many that few want; costs over two
    orders of magnitude; money for three tenths of all."""
    import numpy as np

    from yishi.counting.budget.election import election_of

    dice = np.random.default_rng(SEED)
    wanted = np.cumsum(np.exp(dice.normal(0, 1.2, int(projects))))
    between = dice.uniform(np.log(CHEAPEST), np.log(DEAREST), int(projects))
    costs = [round(cost, -2) * FEN for cost in np.exp(between).astype(int).tolist()]
    many = dice.integers(1, int(longest) + 1, int(voters)).tolist()
    marks = np.searchsorted(wanted, dice.random((int(voters), 2 * int(longest))) * wanted[-1])
    ballots = [
        dict.fromkeys(list(dict.fromkeys(row))[:most], 1)
        for row, most in zip(marks.tolist(), many, strict=True)
    ]
    budget = int(sum(costs) * BUDGET)
    read, election = _timed(partial(election_of, budget, costs, ballots))
    rules, done = _rules(election, FEN, ("plain", convention), engine)
    return {"read": read, "rules": rules, "kinds": len(election.cast), "steps": done.steps,
            "each": budget / int(voters) / FEN, "bought": len(done.shares.bought)}  # fmt: skip


TASKS: dict[str, Callable[..., Any]] = {"ours": _ours, "every": _every, "drawn": _drawn}


if __name__ == "__main__":
    main()
