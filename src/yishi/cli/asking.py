"""What a command at the machine itself asks of the acts, and how it takes a no."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yishi.acts.door import Ask, Done
    from yishi.core.refusal import Refusal


def ask_now() -> "Ask":
    """The operator asks, now, under a key of its own."""
    from yishi.acts.door import Ask
    from yishi.core.person import SYSTEM
    from yishi.records.entropy import SYSTEM_ENTROPY, new_uid
    from yishi.records.wallclock import now

    return Ask(SYSTEM, now(), new_uid(SYSTEM_ENTROPY))


def need(answer: "Done | Refusal") -> None:
    """Raises Fault with the refusal in words."""
    from yishi.cli import Fault
    from yishi.core.refusal import Refusal
    from yishi.core.table import TableRefusal
    from yishi.phrases.refusal import say_refusal

    if isinstance(answer, TableRefusal):
        raise Fault("; ".join(f"{p.column}: {p.code} {p.have or ''}" for p in answer.problems))
    if isinstance(answer, Refusal):
        said = say_refusal(answer)
        raise Fault(" ".join(str(said[name]) for name in ("title", "missing") if said[name]))
