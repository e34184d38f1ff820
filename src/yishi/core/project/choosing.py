"""What a vote of the round makes of a project it was held on. Source: docs/algorithms/votes.md."""

from __future__ import annotations

from yishi.core.project.now import ProjectState


def by_vote(state: ProjectState, *, won: bool) -> ProjectState:
    """A project that was agreed on is chosen or it is not; one that was stopped or is costed anew
    meanwhile stays where it is."""
    if state is not ProjectState.AGREED:
        return state
    return ProjectState.CHOSEN if won else ProjectState.NOT_CHOSEN
