"""The database in use is set as it must be."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_keeps_what_it_acknowledged() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            found = []
            for pragma in ("journal_mode", "synchronous", "temp_store", "cache_size"):
                cursor.execute(f"PRAGMA {pragma}")
                found.append(cursor.fetchone()[0])
            assert found == ["wal", 2, 2, -16000]  # 2: FULL, MEMORY
        else:
            cursor.execute("SHOW server_encoding")
            assert cursor.fetchone() == ("UTF8",)
