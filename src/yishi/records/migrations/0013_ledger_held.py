"""What must never be of a round's money, held by the database whoever writes.

No account but the outside falls below nothing; what moved is never changed; a project
is paid for, built or settled only while its confirmed funders sum to its cost, to the fen, and a
funder of such a project does not change.

PostgreSQL locks the account, and the project, before it sums; on SQLite a writing transaction is
alone.
"""

from django.db import migrations

PAID_FOR = "('funded', 'under_way', 'built', 'accepted', 'settled', 'handed_over')"
HELD = """
    (SELECT COALESCE(SUM(CASE WHEN target_id = NEW.source_id THEN amount_fen ELSE -amount_fen END), 0)
     FROM records_transfer WHERE target_id = NEW.source_id OR source_id = NEW.source_id)
"""
FUNDERS = """
    (SELECT COALESCE(SUM(amount_fen), 0) FROM records_pledge
     WHERE project_id = NEW.id AND state = 'confirmed')
"""
SUMS = f"NEW.state NOT IN {PAID_FOR} OR (NEW.cost_fen IS NOT NULL AND NEW.cost_fen = {FUNDERS})"
PAID_PROJECT = f"(SELECT 1 FROM records_project WHERE id = {{row}}.project_id AND state IN {PAID_FOR})"
TOUCHED = (
    "OLD.state IS DISTINCT FROM NEW.state OR OLD.amount_fen IS DISTINCT FROM NEW.amount_fen"
    " OR OLD.project_id IS DISTINCT FROM NEW.project_id"
)

POSTGRES = f"""
CREATE FUNCTION records_transfer_covered() RETURNS trigger AS $$
DECLARE sort text;
BEGIN
    SELECT kind INTO sort FROM records_account WHERE id = NEW.source_id FOR UPDATE;
    IF sort <> 'outside' AND {HELD} < NEW.amount_fen THEN
        RAISE EXCEPTION 'the account holds less' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER records_transfer_covered BEFORE INSERT ON records_transfer
    FOR EACH ROW EXECUTE FUNCTION records_transfer_covered();

CREATE FUNCTION records_transfer_stays() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'what moved stays' USING ERRCODE = 'check_violation';
END $$ LANGUAGE plpgsql;
CREATE TRIGGER records_transfer_stays BEFORE UPDATE ON records_transfer
    FOR EACH ROW EXECUTE FUNCTION records_transfer_stays();

CREATE FUNCTION records_project_paid_for() RETURNS trigger AS $$
BEGIN
    IF NOT ({SUMS}) THEN
        RAISE EXCEPTION 'its funders do not sum to its cost' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER records_project_paid_for BEFORE INSERT OR UPDATE ON records_project
    FOR EACH ROW EXECUTE FUNCTION records_project_paid_for();

CREATE FUNCTION records_pledge_stands() RETURNS trigger AS $$
DECLARE stands text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NOT ({TOUCHED}) THEN RETURN NEW; END IF;
        IF OLD.project_id <> NEW.project_id THEN
            RAISE EXCEPTION 'a funder stays with the project' USING ERRCODE = 'check_violation';
        END IF;
        IF OLD.state <> 'confirmed' AND NEW.state <> 'confirmed' THEN RETURN NEW; END IF;
    ELSIF NEW.state <> 'confirmed' THEN RETURN NEW;
    END IF;
    SELECT state INTO stands FROM records_project WHERE id = NEW.project_id FOR UPDATE;
    IF stands IN {PAID_FOR} THEN
        RAISE EXCEPTION 'the project is paid for' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER records_pledge_stands BEFORE INSERT OR UPDATE ON records_pledge
    FOR EACH ROW EXECUTE FUNCTION records_pledge_stands();
"""
TABLES = {
    "records_transfer_covered": "records_transfer",
    "records_transfer_stays": "records_transfer",
    "records_project_paid_for": "records_project",
    "records_pledge_stands": "records_pledge",
}


def _sqlite(name, when, table, condition, words):
    return (
        f"CREATE TRIGGER {name}_{when.lower()} BEFORE {when} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
    )


COVERED = f"(SELECT kind FROM records_account WHERE id = NEW.source_id) <> 'outside' AND {HELD} < NEW.amount_fen"
CONFIRMED = "'confirmed'"
SQLITE = {
    "records_transfer_covered_insert": _sqlite(
        "records_transfer_covered", "INSERT", "records_transfer", COVERED, "the account holds less"
    ),
    "records_transfer_stays_update": _sqlite(
        "records_transfer_stays", "UPDATE", "records_transfer", "1", "what moved stays"
    ),
    **{
        f"records_project_paid_for_{when.lower()}": _sqlite(
            "records_project_paid_for", when, "records_project", f"NOT ({SUMS})",
            "its funders do not sum to its cost",
        )
        for when in ("INSERT", "UPDATE")
    },
    "records_pledge_stands_insert": _sqlite(
        "records_pledge_stands", "INSERT", "records_pledge",
        f"NEW.state = {CONFIRMED} AND EXISTS {PAID_PROJECT.format(row='NEW')}",
        "the project is paid for",
    ),
    "records_pledge_stands_update": _sqlite(
        "records_pledge_stands", "UPDATE", "records_pledge",
        "OLD.project_id <> NEW.project_id OR ("
        f"({TOUCHED.replace('IS DISTINCT FROM', 'IS NOT')}) AND {CONFIRMED} IN (OLD.state, NEW.state)"
        f" AND EXISTS {PAID_PROJECT.format(row='NEW')})",
        "the project is paid for",
    ),
}  # fmt: skip


def make(apps, editor):
    on_postgres = editor.connection.vendor == "postgresql"
    for sql in [POSTGRES] if on_postgres else SQLITE.values():
        editor.execute(sql, params=None)


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        for name, table in TABLES.items():
            editor.execute(f"DROP TRIGGER {name} ON {table}", params=None)
            editor.execute(f"DROP FUNCTION {name}()", params=None)
        return
    for name in SQLITE:
        editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("records", "0012_round")]
    operations = [migrations.RunPython(make, drop)]
