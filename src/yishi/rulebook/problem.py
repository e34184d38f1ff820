"""What can be wrong with a rule file, where, and what would be right."""

from __future__ import annotations

from dataclasses import dataclass

UNKNOWN_KEY = "is not a key of this rule file"
MISSING = "is missing"
NOT_ALLOWED = "is not one of the allowed values"
NOT_TOML = "is not a readable TOML file"
NOT_PART = "does not belong to a rule file"
TOO_LARGE = "is too large"
TOO_LONG = "has too many characters"
NOT_WORDS = "must be words, not empty"
NOT_NUMBER = "must be a whole number within the limits"
NOT_DATE = "must be a date such as 2026-01-01"
NOT_TIME = 'must be a time such as "09:00"'
NOT_SHARE = 'must be a share from 0 to 1 such as "4/5"'
NOT_TABLE = "must be a table of keys and values"
NOT_LIST = "must be a list, not empty"
NOT_PATTERN = "must be a regular expression with a group named hide"
NOT_YES_NO = "must be true or false"
TWICE = "is there twice"
NO_SENTENCE = "is not a sentence a case may say"
NO_CASE = "is a case that does not end with what comes of it"
WRONG_KIND = "is a rule file of another kind"
WRONG_ORDER = "must come after the day it begins"
WRONG_YEAR = "is a day of another year"


class RuleFileError(Exception):
    """A rule file that cannot be used.

    ``problem`` is one of the sentences above (a msgid), ``allowed`` what would be right, and
    ``have`` what was found. ``key`` is dotted; empty where the file as a whole is wrong.
    """

    def __init__(
        self, file: str, key: str, problem: str, allowed: tuple[str, ...] = (), have: object = None
    ) -> None:
        self.file, self.key, self.problem = file, key, problem
        self.allowed, self.have = allowed, have
        found = "" if have is None else f" (found {have!r})"
        hint = f"; allowed: {', '.join(allowed)}" if allowed else ""
        super().__init__(f"{file}: {key or 'the file'} {problem}{found}{hint}")


@dataclass(frozen=True)
class At:
    """Where in which file a value stands."""

    file: str
    key: str = ""

    def under(self, key: str | int) -> At:
        """The place of a key or list entry below this one."""
        return At(self.file, f"{self.key}.{key}" if self.key else str(key))

    def error(
        self, problem: str, have: object = None, allowed: tuple[str, ...] = ()
    ) -> RuleFileError:
        """The refusal of the value here."""
        return RuleFileError(self.file, self.key, problem, allowed, have)
