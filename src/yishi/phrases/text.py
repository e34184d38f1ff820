"""Charter and covenant, doors and voices in words."""

from functools import lru_cache

from django.utils.translation import gettext as _

from yishi.core.textdiff import Change
from yishi.core.topic.doors import Found
from yishi.core.voices import VoiceRules
from yishi.phrases.rule import say_text
from yishi.rulebook import kinds
from yishi.rulebook.shipped import shipped_bundle


def say_text_kind(kind: str) -> str:
    """Charter or covenant, as people call it."""
    return {
        "charter": _("Charter of self-government"),
        "covenant": _("Residents' covenant"),
    }.get(kind, kind)


def say_found(found: str) -> str:
    """What came of a call at a door; "" for a code nobody knows."""
    words: dict[str, str] = {
        Found.DELIVERED: _("handed over"),
        Found.ABSENT: _("nobody in"),
        Found.REFUSED: _("not taken"),
    }
    return words.get(found, "")


def say_change(change: Change) -> str:
    """The word that stands before a stretch that went or came; "" where it stayed."""
    return {Change.OUT: _("cut"), Change.IN: _("new")}.get(change, "")


def say_ground(code: str, rules: VoiceRules) -> str:
    """The ground on which a voice is not shown, as the rules in force have it, else as shipped."""
    ground = rules.grounds.get(code)
    return say_text(ground.name) if ground else say_ground_kept(code)


def say_ground_kept(code: str) -> str:
    """The same where the rules of the place are not at hand: as shipped; else the code."""
    ground = _shipped().grounds.get(code)
    return say_text(ground.name) if ground else code


@lru_cache(maxsize=1)
def _shipped() -> VoiceRules:
    rules: VoiceRules = kinds.parse(shipped_bundle("voices", "standard"))
    return rules
