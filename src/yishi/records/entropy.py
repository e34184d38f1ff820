"""Randomness as an argument: the system's in service, a seeded one in tests and the demo."""

import base64
import os
import random
from typing import Protocol


class Entropy(Protocol):
    """Where uids, numbers, salts and samples come from."""

    def bytes(self, length: int) -> bytes: ...
    def below(self, limit: int) -> int: ...
    def unit(self) -> float: ...


class SystemEntropy:
    """The operating system's."""

    def __init__(self) -> None:
        self._random = random.SystemRandom()

    def bytes(self, length: int) -> bytes:
        """`length` random bytes."""
        return os.urandom(length)

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1."""
        return self._random.randrange(limit)

    def unit(self) -> float:
        """A fraction in [0, 1)."""
        return self._random.random()


class SeededEntropy:
    """Repeatable, for tests and the demo. Never for an installation."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311

    def bytes(self, length: int) -> bytes:
        """`length` bytes that follow from the seed."""
        return self._random.randbytes(length)

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1."""
        return self._random.randrange(limit)

    def unit(self) -> float:
        """A fraction in [0, 1)."""
        return self._random.random()


SYSTEM_ENTROPY = SystemEntropy()


def new_uid(entropy: Entropy) -> str:
    """Twenty characters, 100 bits: cannot be guessed, may leave the process."""
    return base64.b32encode(entropy.bytes(13)).decode()[:20].lower()
