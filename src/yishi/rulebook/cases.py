"""Case files of a method: `methods/<id>/cases.md`, which a committee member can read and write.

A case is a heading (`## …`) and its sentences, a line each: 假如 what stands before, 当 what is
done, 那么 what comes of it. A sentence is clauses between commas, each one of those below; anything
else is refused by file, line and what may be said. Names stand in “ ”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from yishi.core.place import BodyKind
from yishi.core.topic.sentence import Case, Clause, Sentence, Step
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import NO_CASE, NO_SENTENCE, At, RuleFileError
from yishi.rulebook.says import BODIES, DIGITS, KNOWN, NAMED, OPTION, SAYS

NAME = "cases.md"
STEPS = {"假如": Step.GIVEN, "当": Step.WHEN, "那么": Step.THEN}
CLAUSES = re.compile(r"((?:“[^”]*”|[^“”，；、。])+)[，；、。]?")
PATTERNS = {
    step: {code: re.compile(words) for code, words in says.items()} for step, says in SAYS.items()
}


def cases_of(bundle: Bundle) -> tuple[Case, ...]:
    """The cases of a method, none where it has no case file. Raises RuleFileError."""
    path = next((name for name in bundle.files if name.endswith(f"/{NAME}")), None)
    if path is None:
        return ()
    return read_cases(f"{bundle.kind}/{path}", bundle.files[path].decode("utf-8-sig"))


def read_cases(file: str, text: str) -> tuple[Case, ...]:
    """The cases of a text. Raises RuleFileError with the line that says what no case may say.

    Whatever stands before the first heading is an introduction and not read.
    """
    found: list[tuple[str, list[Sentence]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip().removeprefix("- ").strip()
        if words.startswith("## "):
            found.append((words.removeprefix("## ").strip(), []))
        elif words and found:
            found[-1][1].append(_sentence(words, number, At(file, f"第 {number} 行")))
    for title, sentences in found:
        if not sentences or sentences[-1].step is not Step.THEN:
            raise RuleFileError(file, title, NO_CASE, tuple(STEPS))
    return tuple(Case(title, tuple(sentences)) for title, sentences in found)


def _sentence(words: str, line: int, at: At) -> Sentence:
    start = next((start for start in STEPS if words.startswith(start)), None)
    if start is None:
        raise at.error(NO_SENTENCE, words, tuple(STEPS))
    said = words.removeprefix(start).strip()
    clauses = tuple(_clauses(said, STEPS[start], at))
    if not clauses:
        raise at.error(NO_SENTENCE, words, may_say(STEPS[start]))
    return Sentence(line, STEPS[start], clauses)


def _clauses(said: str, step: Step, at: At) -> Iterator[Clause]:
    """Each clause; one that names no body speaks of the one before it."""
    body: BodyKind | None = None
    for part in CLAUSES.findall(said):
        clause = _clause(part.strip(), step, body)
        if clause is None:
            raise at.error(NO_SENTENCE, part.strip(), may_say(step))
        body = clause.body or body
        yield clause


def _clause(part: str, step: Step, body: BodyKind | None) -> Clause | None:
    for code, pattern in PATTERNS[step].items():
        match = pattern.fullmatch(part)
        found = _read(code, match.groupdict(), part, body) if match else None
        if found is not None:
            return found
    return None


def _read(
    code: str, groups: Mapping[str, str | None], words: str, body: BodyKind | None
) -> Clause | None:
    named = groups.get("body")
    if named is not None and named not in BODIES:
        return None
    name = groups.get("name") or ""
    known = KNOWN.get(code)
    if known is not None:
        if name not in known:
            return None
        name = known[name]
    rank, option = groups.get("rank"), groups.get("option")
    number = int(groups.get("number") or 0) or (DIGITS.index(rank) + 1 if rank else 0)
    whose = BODIES[named] if named else body if code == "agreed" else None
    return Clause(code, whose, number, DIGITS.index(option) + 1 if option else 0, name, words)


def may_say(step: Step) -> tuple[str, ...]:
    """What a sentence of a step may say, with … where something is to be filled in."""
    return tuple(_example(words) for words in SAYS[step].values())


def _example(words: str) -> str:
    shown = words.replace(NAMED, "“…”").replace(OPTION, "方案…")
    shown = re.sub(r"\(\?:\(\?P<body>[^)]*\)\)\?|\(\?P<body>[^)]*\)", "…", shown)
    shown = re.sub(r"\(\?P<(?:number|rank)>[^)]*\)", "…", shown)
    return re.sub(r"\(\?P<name>([^)]*)\)", r"\1", shown).replace("(?:", "(")
