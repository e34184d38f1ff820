"""What a sender raises."""

TIMEOUT_SECONDS = 10
"""Ours: a gateway that says nothing for so long is taken for dead until the next try."""


class ChannelFailed(Exception):
    """It was not handed over. The text says why, and holds no address and no secret."""
