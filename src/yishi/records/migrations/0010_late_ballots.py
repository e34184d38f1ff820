"""Nobody takes part in a vote that is not open: the database holds it, whoever writes.

PostgreSQL reads the vote's row under a share lock, so that a vote being closed is waited for and
then found closed; on SQLite a writing transaction is alone.
"""

from django.db import migrations

OPEN = "state = 'open' AND NEW.at < until_at"
POSTGRES = f"""
CREATE FUNCTION records_part_in_time() RETURNS trigger AS $$
BEGIN
    PERFORM 1 FROM records_vote WHERE id = NEW.vote_id AND {OPEN} FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the vote is not open' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER records_part_in_time BEFORE INSERT OR UPDATE ON records_part
    FOR EACH ROW EXECUTE FUNCTION records_part_in_time();
"""
POSTGRES_BACK = """
DROP TRIGGER records_part_in_time ON records_part;
DROP FUNCTION records_part_in_time();
"""
SQLITE = [
    f"""
CREATE TRIGGER records_part_in_time_{event.lower()} BEFORE {event} ON records_part
WHEN NOT EXISTS (SELECT 1 FROM records_vote WHERE id = NEW.vote_id AND {OPEN})
BEGIN SELECT RAISE(ABORT, 'the vote is not open'); END
"""
    for event in ("INSERT", "UPDATE")
]


def make(apps, editor):
    for sql in [POSTGRES] if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(sql, params=None)


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRES_BACK, params=None)
        return
    for event in ("insert", "update"):
        editor.execute(f"DROP TRIGGER records_part_in_time_{event}")


class Migration(migrations.Migration):
    dependencies = [("records", "0009_hall")]
    operations = [migrations.RunPython(make, drop)]
