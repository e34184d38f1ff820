"""What units ask for, and what becomes of it, in words."""

from django.utils.translation import gettext as _

from yishi.core.case.request import RequestKind, RequestState


def say_kind(kind: str) -> str:
    """What is asked for."""
    words: dict[str, str] = {
        RequestKind.RETURN: _("Return"),
        RequestKind.EXTENSION: _("Extension"),
        RequestKind.SUSPENSION: _("Suspension"),
    }
    return words.get(kind, kind)


def say_request_state(state: str) -> dict[str, str]:
    """A tag {word, mark, kind} for a request."""
    words: dict[str, tuple[str, str, str]] = {
        RequestState.ASKED: (_("Waits for a decision"), "waiting", "soon"),
        RequestState.ACCEPTED: (_("Agreed to"), "check", "done"),
        RequestState.REFUSED: (_("Refused"), "refuse", ""),
        RequestState.DISPUTED: (_("In dispute, to be ruled on"), "ground", "soon"),
        RequestState.RULED: (_("Ruled on"), "ground", "done"),
        RequestState.LAPSED: (_("Overtaken by events"), "next", ""),
    }
    word, mark, kind = words.get(state, (state, "flag", ""))
    return {"word": word, "mark": mark, "kind": kind}


def say_amendment_state(state: str) -> dict[str, str]:
    """A tag {word, mark, kind} for a proposed change of the list."""
    words = {
        "proposed": (_("Proposed"), "waiting", "soon"),
        "published": (_("Taken into the list"), "check", "done"),
        "dropped": (_("Not adopted"), "refuse", ""),
    }
    word, mark, kind = words.get(state, (state, "flag", ""))
    return {"word": word, "mark": mark, "kind": kind}
