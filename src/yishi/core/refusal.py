"""A refusal is a value: screen, interface, command line and test read the same one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act was not done, in a form every entrance can put into words.

    `code` names the sentence in `phrases`; `need` and `have` are what was required and what
    was found (numbers, names or tuples of names); `unit` is what they count; `source` is the
    rule or norm that requires it.
    """

    code: str
    need: object = None
    have: object = None
    unit: str = ""
    source: str = ""
