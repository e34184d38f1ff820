"""What was typed into the form of a stage, as a stage says it. Nothing is refused: what cannot be
read as a number stays as it was typed, and is found wrong."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from yishi.core.method.language import StageKind
from yishi.phrases.rule_file import OURS
from yishi.rulebook.draft import Data, text
from yishi.rulebook.draft_edit import texts
from yishi.rulebook.kinds.methods import BAR, GROUNDS, VOTING, stage_table
from yishi.rulebook.schema import Field, ListOf, Number, SpanField, TextField, YesNo

SPANS = ("roll", "period")
LONGEST, LINES_MAX, NUMBER_MAX, ID_MAX = 200, 4_000, 20, 40


def said_in(post: QueryDict, stage: Mapping[str, Any]) -> Data:
    """What was typed, as a stage says it; what was left empty is left out."""
    table = stage_table(StageKind(stage["kind"]))
    said: Data = {}
    for key, field in table.fields.items():
        if key not in ("id", "kind"):
            value = _value_in(post, key, field, stage.get(key))
            if value is not None:
                said[key] = value
    return said


def _value_in(post: QueryDict, key: str, field: Field, before: Any) -> Any:
    """The value of one key; None where nothing is said."""
    if field is VOTING:
        return _voting_in(post, before or {})
    if isinstance(field, YesNo):
        return True if post.get(key) == "yes" else None
    if field is BAR:
        share = plain(post.get(f"{key}.share", ""))
        if not share:
            return None
        return {
            "share": share[:NUMBER_MAX],
            "of": post.get(f"{key}.of", "")[:ID_MAX],
            "more_than": post.get(f"{key}.more_than") == "yes",
            "source": source_in(post, key),
        }
    if isinstance(field, Number | SpanField):
        name = "number" if isinstance(field, Number) else "length"
        typed = number_in(post.get(f"{key}.{name}", ""))
        if typed == "":
            return None
        kind = {"kind": post.get(f"{key}.kind", "")[:ID_MAX]} if name == "length" else {}
        return {name: typed, **kind, "source": source_in(post, key)}
    if field is GROUNDS:
        return _grounds(post.get(key, ""), before or [])
    if isinstance(field, ListOf) and isinstance(field.item, TextField):
        return texts(lines_in(post.get(key, "")), before or ())
    if isinstance(field, ListOf):
        chosen = _chosen(post, key, before)
        return chosen or None if field.optional else chosen
    typed_words = post.get(key, "").strip()
    if before is None and field.optional and typed_words == field.default:
        return None  # said by saying nothing
    if isinstance(field, TextField):
        return text(typed_words[:LONGEST], before) if typed_words or not field.optional else None
    return typed_words[:ID_MAX] or None


def _chosen(post: QueryDict, key: str, before: Any) -> list[str]:
    """What was ticked: as it stood before, then what is new."""
    chosen = [one[:ID_MAX] for one in post.getlist(key) if one]
    kept = [one for one in before or () if one in chosen]
    return [*kept, *(one for one in chosen if one not in kept)]


def _voting_in(post: QueryDict, before: Mapping[str, Any]) -> Data | None:
    """What was typed into them; None for a show of hands."""
    unit = post.get("voting.unit", "")[:ID_MAX]
    if not unit:
        return None
    said: Data = {
        "unit": unit,
        "ways": _chosen(post, "voting.ways", before.get("ways")),
        "secret": post.get("voting.secret") == "yes",
        "choose": post.get("voting.choose", "")[:ID_MAX],
    }
    for name in SPANS:
        length = number_in(post.get(f"voting.{name}.length", ""))
        if length != "":
            kind = post.get(f"voting.{name}.kind", "")[:ID_MAX]
            source = source_in(post, f"voting.{name}")
            said[name] = {"length": length, "kind": kind, "source": source}
    proxies = number_in(post.get("voting.proxies.number", ""))
    if proxies != "":
        said["proxies"] = {"number": proxies, "source": source_in(post, "voting.proxies")}
    if post.get("voting.handed") == "yes":
        said["handed"] = True
    return {**said, **_ballot_in(post)}


def _ballot_in(post: QueryDict) -> Data:
    """How a ballot of projects is filled in and counted; nothing where no form asked for it."""
    said: Data = {}
    if ballot := post.get("voting.ballot", "")[:ID_MAX]:
        said["ballot"] = ballot
    most = number_in(post.get("voting.most.number", ""))
    if most != "":
        said["most"] = {"number": most, "source": source_in(post, "voting.most")}
    rule, _stroke, version = post.get("voting.counting.rule", "")[:ID_MAX].partition("/")
    if not rule:
        return said
    counting: Data = {"rule": rule, "version": version}
    counting["source"] = source_in(post, "voting.counting")
    least = number_in(post.get("voting.counting.least.number", ""))
    if least != "":
        source = source_in(post, "voting.counting.least")
        counting["least"] = {"number": least, "source": source}
    return {**said, "counting": counting}


def _grounds(typed: str, before: Sequence[Mapping[str, Any]]) -> list[Data]:
    known = {zh_of(one["name"]): one for one in before}
    taken = {one["code"] for one in before}
    made: list[Data] = []
    for line in lines_in(typed):
        if line in known:
            made.append(dict(known[line]))
            continue
        number = 1
        while f"ground_{number}" in taken:
            number += 1
        taken.add(f"ground_{number}")
        made.append({"code": f"ground_{number}", "name": {"zh": line}})
    return made


def lines_in(typed: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in typed[:LINES_MAX].splitlines() if line.strip()]


def plain(typed: str) -> str:
    """As typed, full-width digits and strokes as plain ones, without spaces."""
    return "".join(unicodedata.normalize("NFKC", typed).split())


def number_in(typed: str) -> int | str:
    """A whole number, or what was typed instead; "" for nothing."""
    words = plain(typed)[:NUMBER_MAX]
    return int(words) if words.isascii() and words.isdigit() and len(words) < 9 else words


def source_in(post: QueryDict, key: str) -> str:
    """Where a number comes from; ours where nobody said."""
    return post.get(f"{key}.source", "").strip()[:LONGEST] or OURS


def zh_of(value: Any) -> str:
    """The Chinese of a text; "" where there is none."""
    return str(value.get("zh", "")) if isinstance(value, Mapping) else ""
