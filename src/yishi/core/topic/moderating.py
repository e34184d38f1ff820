"""A voice is not shown on a ground everybody reads, and shown again.

It is never taken away: a marker with the ground stands in its place, it is counted, and whoever
said it is told and still has an answer. Source: 网络信息内容生态治理规定; norms.md §5.
"""

from __future__ import annotations

from collections.abc import Collection

from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.topic.now import Advanced, TopicNow


def hide(
    topic: TopicNow, kind: str, ground: str, grounds: Collection[str], *, hidden: bool
) -> Advanced | Refusal:
    """Not shown, on one of the `grounds` in force. Refused: `hide_ground_unknown`,
    `voice_hidden` (it is already)."""
    if hidden:
        return Refusal("voice_hidden", source="redaction")
    if ground not in grounds:
        return Refusal("hide_ground_unknown", tuple(grounds), ground, "ground", "redaction")
    facts = {"kind": kind, "ground": ground}
    return Advanced(Event("topic.voice_hidden", facts, facts), topic)


def restore(topic: TopicNow, kind: str, *, hidden: bool) -> Advanced | Refusal:
    """Shown again. Refused: `voice_shown`."""
    if not hidden:
        return Refusal("voice_shown", source="redaction")
    facts = {"kind": kind}
    return Advanced(Event("topic.voice_restored", facts, facts), topic)
