"""Every key a rule file may hold has words: nobody who administers reads a key of ours."""

from collections.abc import Iterator

import pytest

from yishi.phrases.rule_file import say_heading, say_key, say_source, say_value
from yishi.rulebook.kinds import (
    calendar,
    casework,
    channels,
    duties,
    floors,
    hours,
    mapping,
    meetings,
    messages,
    rates,
    redaction,
    sheets,
    similar,
    voices,
)
from yishi.rulebook.schema import HEADER, Field, ListOf, MapOf, Table

FILES = {
    "calendar": calendar.FILE,
    "casework": casework.FILE,
    "channels": channels.FILE,
    "duties": duties.FILE,
    "floors": floors.FILE,
    "hours": hours.FILE,
    "mapping": mapping.FILE,
    "meetings": meetings.FILE,
    "messages": messages.FILE,
    "rates": rates.FILE,
    "redaction": redaction.FILE,
    "sheets": sheets.FILE,
    "similar": similar.FILE,
    "voices": voices.FILE,
}


def parts(field: Field, path: str = "") -> Iterator[tuple[str, bool]]:
    """(path, whether it is a part with a heading) of everything a schema allows."""
    inner = field.item if isinstance(field, ListOf) else field
    if isinstance(inner, Table):
        yield path, True
        for key, item in inner.fields.items():
            yield from parts(item, f"{path}.{key}" if path else key)
    elif isinstance(inner, MapOf) and not isinstance(inner.item, MapOf):
        yield path, True
    elif not isinstance(inner, MapOf):
        yield path, False


@pytest.mark.parametrize("kind", FILES)
def test_each_key_of_a_kind_has_words(kind: str) -> None:
    found = [part for part in parts(FILES[kind]) if part[0] not in HEADER]
    bare = [path for path, is_part in found if not (say_heading if is_part else say_key)(path)]
    assert bare == []


@pytest.mark.parametrize("reads", mapping.FIELDS)
def test_each_column_a_table_may_be_read_into_has_words(reads: str) -> None:
    fields = mapping.FIELDS[reads]
    assert [field for field in fields if not say_key(f"columns.{field}")] == []
    assert [field for field in fields if say_heading(f"values.{field}") == ""] == []


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("clocks.sign", {"length": 2, "kind": "hour", "source": "ours"}, "2 小时"),
        ("urgent", {"length": 3, "kind": "working_day", "source": "ours"}, "3 个工作日"),
        ("amber", {"share": "4/5", "source": "ours"}, "80%"),
        ("amber", {"share": "1/3", "source": "ours"}, "1/3"),
        ("sizes.words", {"number": 2000, "source": "ours"}, "2,000"),
        ("sizes.photo_bytes", {"number": 10_000_000, "source": "ours"}, "10 MB"),
        ("sizes.photo_bytes", {"number": 10_000_001, "source": "ours"}, "10,000,001"),
        ("channels.who", ["resident", "grid_worker"], "居民、网格员"),
        ("rows.co", [], "—"),
        ("rows.community_may", "none", "不承担"),
        ("rows.area", "", "—"),
        ("limits.units.天", "working_day", "工作日"),
        ("values.on_time.1", "yes", "是"),
        ("required", ["unit"], "单位"),
        ("time_format", "%Y-%m-%d", "%Y-%m-%d"),
        ("refuse.name", {"zh": "不属于受理范围", "en": "Out of scope"}, "不属于受理范围"),
    ],
)
def test_a_value_is_said_as_people_read_it(path: str, value: object, said: str) -> None:
    assert say_value(path, value) == said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("ours", "自定，可由本地改定"),
        ("ours：GB/T 30428 的读法", "我们自己定的：GB/T 30428 的读法"),
        ("晴隆 2021 接诉即办办法", "晴隆 2021 接诉即办办法"),
        ("ours, as elsewhere", "ours, as elsewhere"),
    ],
)
def test_a_source_is_named(source: str, said: str) -> None:
    assert say_source(source) == said
