"""The ways a matter comes in. Channels are data: a place adds its own in a rule file."""

from __future__ import annotations

from dataclasses import dataclass

from yishi.core.caserules import Text


@dataclass(frozen=True)
class Channel:
    """One way in.

    ``who``: the codes of the roles that may enter a matter by it. ``counts_as``: the family
    it is counted under in figures, so that 151 channels still make a readable table.
    """

    code: str
    name: Text
    who: tuple[str, ...]
    counts_as: str

    def may_enter(self, roles: frozenset[str]) -> bool:
        """Whether somebody in one of ``roles`` may enter a matter by this channel."""
        return not roles.isdisjoint(self.who)
