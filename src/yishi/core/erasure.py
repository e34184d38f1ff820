"""Deleting an account with what identifies its person. What was done stays done, without them.

Source: 个人信息保护法 art. 47; norms.md §5, personal information: erasure.
"""

from collections.abc import Iterable

from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.search import fold


def erase(open_matters: int, seats: int, *, sure: bool) -> Event | Refusal:
    """注销账号. Whoever still waits for an answer, or holds an office, is not forgotten.

    Refuses: `erase_appointed`, `erase_open_matters` (how many), `erase_unsure`.
    """
    if seats:
        return Refusal("erase_appointed", 0, seats, "appointments")
    if open_matters:
        return Refusal("erase_open_matters", 0, open_matters, "matters", "norms.md §5")
    if not sure:
        return Refusal("erase_unsure")
    return Event("account.erased")


def names(text: object, known: Iterable[str]) -> bool:
    """Whether a text, or texts within it, hold one of the names and phones `known`, however
    spaced."""
    if isinstance(text, str):
        run = fold(text)
        return any(fold(one) in run for one in known)
    if isinstance(text, dict):
        return any(names(part, known) for part in text.values())
    return isinstance(text, list) and any(names(part, known) for part in text)
