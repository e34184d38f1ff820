"""A rule file in words: facts, headed parts with their tables, and the file as it was written."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.phrases.method_text import say_method
from yishi.phrases.rule_file import is_text, say_heading, say_key, say_source, say_value
from yishi.records.queries.paging import SIZE, page_within
from yishi.rulebook.kinds import method_of
from yishi.rulebook.load import Bundle
from yishi.rulebook.shipped import shipped_bundle
from yishi.web.office import table
from yishi.web.rows import page_in, pager

HEAD_KEYS = frozenset({"kind", "id", "version", "valid_from", "repealed_on", "source"})
# How a computer finds it is no reading: it stands in the file as it was written.
NOT_READ = "pattern"
RAW_MOST = 100_000
METHODS = "methods"
SOURCED = ("length", "number", "share")

Row = tuple[str, str, str]


def address(row: Mapping[str, Any]) -> str:
    """The page of a rule file: {kind, name, version}."""
    return reverse("bundle", args=[row["kind"], row["name"], row["version"]])


def head(made: Bundle) -> list[dict[str, Any]]:
    """The facts every rule file begins with."""
    return [
        {"label": _("Version"), "value": made.version},
        {"label": _("Valid from"), "value": made.valid_from.isoformat()},
        *(
            [{"label": _("Repealed on"), "value": made.repealed_on.isoformat()}]
            if made.repealed_on
            else []
        ),
        {"label": _("Source"), "value": say_source(made.source)},
        {"label": _("Digest (SHA-256)"), "value": made.sha256},
    ]


def parts(made: Bundle, query: QueryDict) -> list[dict[str, Any]]:
    """What the file says, part by part: {title, table, pager}. A long list is paged."""
    if made.kind == METHODS:
        return _read_method(made)
    names = _names(made)
    data = {key: value for key, value in made.data.items() if key not in HEAD_KEYS}
    return [_part(path, value, names, query) for path, value in _walk("", data)]


def _read_method(made: Bundle) -> list[dict[str, Any]]:
    """A method block by block: what it is, its sizes, catalogue, rhythm, and each procedure."""
    blocks: list[list[str]] = [[]]
    for line in say_method(method_of(made)):
        blocks[-1].append(line.strip()) if line else blocks.append([])
    label = _("What it says")
    return [
        {"title": title, "table": table("", (label,), [(line,) for line in lines])}
        for title, *lines in blocks
    ]


def raw(made: Bundle) -> list[dict[str, Any]]:
    """The file as it was written, and the texts beside it: {name, text, is_cut}."""
    found = []
    for name, body in made.files.items():
        text = body.decode("utf-8", "replace")
        is_text_beside = name.endswith(".md")
        found.append(
            {
                "name": name,
                "text": text if is_text_beside else text[:RAW_MOST],
                "is_cut": len(text) > RAW_MOST and not is_text_beside,
                "beside": is_text_beside,
            }
        )
    return found


def _walk(path: str, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """(path, list of entries or {key: single value}), the single values of a table first."""
    single = {key: value for key, value in data.items() if _is_single(value)}
    if single:
        yield path, single
    for key, value in data.items():
        if key in single:
            continue
        at = f"{path}.{key}" if path else key
        if isinstance(value, list):
            yield at, value
        else:
            yield from _walk(at, value)


def _is_single(value: Any) -> bool:
    if isinstance(value, list):
        return not any(isinstance(item, Mapping) for item in value)
    return not isinstance(value, Mapping) or is_text(value) or _is_sourced(value)


def _is_sourced(value: Any) -> bool:
    return isinstance(value, Mapping) and "source" in value and any(key in value for key in SOURCED)


def _part(
    path: str, found: Any, names: Mapping[str, Mapping[str, str]], query: QueryDict
) -> dict[str, Any]:
    title = say_heading(path)
    if isinstance(found, Mapping):
        return {"title": title, "table": _singles(path, found, names)}
    number, pages = page_within(page_in(query), len(found), SIZE)
    shown = found[(number - 1) * SIZE : number * SIZE]
    return {
        "title": title,
        "table": _entries(path, shown, names),
        "pager": pager(number, pages, len(found), query),
    }


def _singles(
    path: str, found: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """A row for each value: what it is, what it says, where that comes from."""
    rows: list[Row] = []
    for key, value in found.items():
        at = f"{path}.{key}" if path else key
        is_own = path.startswith(("values.", "limits.units"))
        word = key if is_own else names.get(path, {}).get(key) or say_key(at) or key
        said = names.get(path, {}).get(value, "") if isinstance(value, str) else ""
        if isinstance(value, list) and at in names:
            said = _(", ").join(names[at].get(code, code) for code in value)
        source = say_source(value["source"]) if _is_sourced(value) else ""
        rows.append((word, said or say_value(at, value), source))
    labels = {"columns": (_("Here"), _("In their table"))}.get(path, (_("What"), _("Value")))
    if path.startswith(("values.", "limits.units")):
        labels = (_("In their table"), _("Here"))
    if any(source for *_rest, source in rows):
        return table("", [*labels, _("Source")], [(*row[:2], row[2] or "—") for row in rows])
    return table("", labels, [row[:2] for row in rows])


def _entries(
    path: str, found: Sequence[Mapping[str, Any]], names: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """A row for each entry, a column for each key that says something in one of them."""
    keys = list(
        dict.fromkeys(key for entry in found for key in entry if entry[key] not in ("", []))
    )
    keys = [key for key in keys if key != NOT_READ and (key != "code" or "name" not in keys)]
    rows = [
        [
            names.get(f"{path}.{key}", {}).get(str(entry.get(key)), "")
            or say_value(f"{path}.{key}", entry.get(key, ""))
            for key in keys
        ]
        for entry in found
    ]
    labels = [say_key(f"{path}.{key}") or key for key in keys]
    sources = {say_source(entry["limit"]["source"]) for entry in found if "limit" in entry}
    if sources:
        labels.append(_("Source of the limit"))
        for row, entry in zip(rows, found, strict=True):
            row.append(say_source(entry["limit"]["source"]))
    return table(_("%(n)s rows") % {"n": len(rows)} if len(labels) > 8 else "", labels, rows)


def _names(made: Bundle) -> dict[str, dict[str, str]]:
    """path → code → the name the file itself, or one shipped with the product, gives it."""
    natures = made.data.get("natures") or shipped_bundle("casework", "standard").data["natures"]
    channels = shipped_bundle("channels", "standard").data["channels"]
    return {
        "handle": _named(natures),
        "may_answer": _named(natures),
        "channels.counts_as": _named(made.data.get("families", ())),
        "values.nature": _named(natures),
        "values.channel": _named(channels),
    }


def _named(entries: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {entry["code"]: say_value("name", entry["name"]) for entry in entries}
