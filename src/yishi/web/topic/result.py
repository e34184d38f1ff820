"""The result of a round while it hangs out: of each project whether it is done, why, its cost and
who pays."""

from yishi.phrases.round_result import say_result
from yishi.records.queries.round_result import is_result, result_of
from yishi.records.queries.topic import LockedTopic


def results(held: LockedTopic) -> dict[int, list[dict[str, str]]]:
    """Key of an option → the lines of its project; {} where no result of a round hangs out. Three
    statements then."""
    if not is_result(held.procedure, held.stage):
        return {}
    found = result_of(held.topic)
    return {
        option: say_result(
            project,
            found.payers.get(option, ()),
            found.votes.get(project["option__uid"]),
            found.ways.get(project["option__uid"], ""),
        )
        for option, project in found.projects.items()
    }
