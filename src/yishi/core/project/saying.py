"""What is said of an act on a project: its numbers go into the public leaf, its words do not."""

from __future__ import annotations

from yishi.core.method.language import StageKind
from yishi.core.outcome import Event
from yishi.core.project.now import ProjectNow
from yishi.core.refusal import Refusal

SOURCE = "norms.md §3"


def event(code: str, facts: dict[str, int | str], **told: object) -> Event:
    """`project.<code>` with its facts, and what is told besides."""
    return Event(f"project.{code}", {**facts, **told}, facts)


def must_be_in(project: ProjectNow, kind: StageKind) -> Refusal | None:
    """The round stands in a stage of that kind. Refused: `round_elsewhere`."""
    if project.stage == kind:
        return None
    return Refusal("round_elsewhere", kind, project.stage, "stage_kind", "practice G10")
