"""Logs, keys, SQLite versions, passwords, databases: the small parts of the site."""

import sqlite3
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from yishi.site import databases, logs, options, sqlite
from yishi.site.keys import BadKey, parse_data_keys
from yishi.site.passwords import MixedClassesValidator


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("call 13812345678 now", "call 138****5678 now"),
        ("+8613812345678", "+86138****5678"),
        ("身份证11010119900307123X。", "身份证110101************。"),
        ("110101199003071234", "110101************"),
        ("12345678901", "12345678901"),  # no mobile begins with 12
        ("138123456789", "138123456789"),  # twelve digits are not a phone
        ("case 20261121000001", "case 20261121000001"),
        ("", ""),
    ],
)
def test_logs_show_no_phone_and_no_identity_number(text: str, masked: str) -> None:
    assert logs.mask(text) == masked


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ((3, 51, 3), None),
        ((3, 53, 4), None),
        (
            (3, 51, 2),
            "SQLite 3.51.2 can lose committed rows; Yishi needs 3.51.3 or newer "
            "(install the pysqlite3 package pinned in requirements/run.txt, or use PostgreSQL).",
        ),
    ],
)
def test_an_old_sqlite_is_refused(version: tuple[int, int, int], sentence: str | None) -> None:
    assert sqlite.too_old(version) == sentence


def test_the_bundled_sqlite_is_the_one_in_use() -> None:
    assert sqlite3.sqlite_version == sqlite.use_bundled().sqlite_version


def test_data_keys_are_read_newest_first() -> None:
    text = "k2:" + "B" * 43 + "=, k1:" + "A" * 43 + "="
    assert list(parse_data_keys(text)) == ["k2", "k1"]
    assert parse_data_keys("") == {}


def test_a_key_id_is_given_once() -> None:
    with pytest.raises(BadKey, match="names the key id k1 twice"):
        parse_data_keys("k1:" + "A" * 43 + "=,k1:" + "A" * 43 + "=")


@pytest.mark.parametrize("password", ["Abcdefghi1", "abcdefgh-1", "ABCDEFGH-1", "社区Abcdefg1"])
def test_a_password_of_three_kinds_passes(password: str) -> None:
    MixedClassesValidator().validate(password)


@pytest.mark.parametrize("password", ["abcdefghij", "abcdefghi1", "ABCDEFGHI1", ""])
def test_a_password_of_fewer_kinds_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        MixedClassesValidator().validate(password)


def test_postgresql_pools_and_keeps_no_connection_of_its_own() -> None:
    made = databases.database("postgresql://yishi:secret@db.example.cn:5433/yishi", Path("var"))
    assert (made["HOST"], made["PORT"], made["NAME"]) == ("db.example.cn", 5433, "yishi")
    assert made["CONN_MAX_AGE"] == 0
    assert made["OPTIONS"] == {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}


def test_sqlite_waits_writes_ahead_and_begins_to_write_at_once() -> None:
    made = databases.database("", Path("var"))
    assert made["NAME"] == "var/yishi.sqlite3"
    assert made["CONN_MAX_AGE"] == 600
    assert made["OPTIONS"] == {
        "timeout": 10,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA temp_store=MEMORY;"
            "PRAGMA cache_size=-16000;PRAGMA journal_size_limit=67108864;"
        ),
    }


def test_printed_settings_show_no_secret() -> None:
    values = {option.name: f"value of {option.name}" for option in options.OPTIONS}
    shown = {name: value for name, value, _ in options.masked(values)}
    assert shown["YISHI_SECRET_KEY"] == "(set)"
    assert shown["YISHI_DATABASE_URL"] == "(set)"
    assert shown["YISHI_HOSTS"] == "value of YISHI_HOSTS"
