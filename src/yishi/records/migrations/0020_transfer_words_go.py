"""Whom a payment went to, in words, may go when that person deletes their account: words become
nothing, and all else of what moved stays as it is, whoever writes."""

from importlib import import_module

from django.db import migrations

held = import_module("yishi.records.migrations.0013_ledger_held")
NAME = "records_transfer_stays_update"
COLUMNS = (
    "id", "uid", "topic_id", "no", "moved", "source_id", "target_id", "amount_fen", "project_id",
    "voucher_no", "voucher_id", "reverses_id", "by_id", "at",
)  # fmt: skip
STAYS = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in COLUMNS)
SQLITE = (
    f"CREATE TRIGGER {NAME} BEFORE UPDATE ON records_transfer"
    f" WHEN NOT (NEW.words = '' AND {STAYS})"
    " BEGIN SELECT RAISE(ABORT, 'what moved stays'); END"
)
POSTGRES = """
CREATE OR REPLACE FUNCTION records_transfer_stays() RETURNS trigger AS $$
BEGIN
    IF NEW.words = '' AND to_jsonb(NEW) - 'words' = to_jsonb(OLD) - 'words' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what moved stays' USING ERRCODE = 'check_violation';
END $$ LANGUAGE plpgsql;
"""
POSTGRES_BEFORE = """
CREATE OR REPLACE FUNCTION records_transfer_stays() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'what moved stays' USING ERRCODE = 'check_violation';
END $$ LANGUAGE plpgsql;
"""


def put(editor, on_sqlite, on_postgres):
    if editor.connection.vendor == "postgresql":
        editor.execute(on_postgres, params=None)
        return
    editor.execute(f"DROP TRIGGER {NAME}", params=None)
    editor.execute(on_sqlite, params=None)


def forwards(apps, editor):
    put(editor, SQLITE, POSTGRES)


def backwards(apps, editor):
    put(editor, held.SQLITE[NAME], POSTGRES_BEFORE)


class Migration(migrations.Migration):
    dependencies = [("records", "0019_proposal_shows_name")]

    operations = [migrations.RunPython(forwards, backwards)]
