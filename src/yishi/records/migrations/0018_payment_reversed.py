"""A payment entered by mistake is undone by a counter-entry that names it; a voucher, its number
and its file, is paid on once in all rounds of a community, unless that payment was reversed.

SQLite makes the table anew, and with it the triggers of 0013. PostgreSQL locks the place before it
looks, so that two rounds of a community follow one another; on SQLite a writing transaction is
alone.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

held = import_module("yishi.records.migrations.0013_ledger_held")

MOVED = [
    (one, one)
    for one in (
        "granted",
        "corrected",
        "committed",
        "given",
        "paid",
        "reversed",
        "delivered",
        "released",
        "returned",
        "swept",
    )
]
UNDONE = "EXISTS (SELECT 1 FROM records_transfer u WHERE u.reverses_id = t.id)"
SAME_PLACE = """
    (SELECT a.place_id FROM records_topic a WHERE a.id = t.topic_id)
    = (SELECT b.place_id FROM records_topic b WHERE b.id = NEW.topic_id)
"""
ON_VOUCHER = "(NEW.voucher_no <> '' OR NEW.voucher_id IS NOT NULL)"
USED = f"""
    EXISTS (SELECT 1 FROM records_transfer t
    WHERE ((t.voucher_no = NEW.voucher_no AND t.voucher_no <> '') OR t.voucher_id = NEW.voucher_id)
    AND {SAME_PLACE} AND NOT {UNDONE})
"""
NO_COUNTER = """
    NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM records_transfer t
    WHERE t.id = NEW.reverses_id AND t.moved = 'paid' AND t.amount_fen = NEW.amount_fen
    AND t.source_id = NEW.target_id AND t.target_id = NEW.source_id)
"""
POSTGRES = f"""
CREATE FUNCTION records_transfer_voucher() RETURNS trigger AS $$
BEGIN
    IF NOT {ON_VOUCHER} THEN RETURN NEW; END IF;
    PERFORM 1 FROM records_place
        WHERE id = (SELECT place_id FROM records_topic WHERE id = NEW.topic_id) FOR NO KEY UPDATE;
    IF {USED} THEN
        RAISE EXCEPTION 'this voucher was paid on' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER records_transfer_voucher BEFORE INSERT ON records_transfer
    FOR EACH ROW EXECUTE FUNCTION records_transfer_voucher();

CREATE FUNCTION records_transfer_counter() RETURNS trigger AS $$
BEGIN
    IF {NO_COUNTER} THEN
        RAISE EXCEPTION 'no counter-entry of a payment' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER records_transfer_counter BEFORE INSERT ON records_transfer
    FOR EACH ROW EXECUTE FUNCTION records_transfer_counter();
"""
OLD = {name: sql for name, sql in held.SQLITE.items() if name.startswith("records_transfer_")}
NEW = {
    "records_transfer_voucher_insert": (
        "CREATE TRIGGER records_transfer_voucher_insert BEFORE INSERT ON records_transfer"
        f" WHEN {ON_VOUCHER} AND {USED}"
        " BEGIN SELECT RAISE(ABORT, 'this voucher was paid on'); END"
    ),
    "records_transfer_counter_insert": (
        "CREATE TRIGGER records_transfer_counter_insert BEFORE INSERT ON records_transfer"
        f" WHEN {NO_COUNTER}"
        " BEGIN SELECT RAISE(ABORT, 'no counter-entry of a payment'); END"
    ),
}


def run(editor, statements):
    for sql in statements:
        editor.execute(sql, params=None)


def drop_old(apps, editor):
    if editor.connection.vendor == "sqlite":
        run(editor, [f"DROP TRIGGER {name}" for name in OLD])


def make_old(apps, editor):
    if editor.connection.vendor == "sqlite":
        run(editor, OLD.values())


def make_new(apps, editor):
    run(editor, [POSTGRES] if editor.connection.vendor == "postgresql" else NEW.values())


def drop_new(apps, editor):
    if editor.connection.vendor == "sqlite":
        run(editor, [f"DROP TRIGGER {name}" for name in NEW])
        return
    for name in ("records_transfer_voucher", "records_transfer_counter"):
        run(editor, [f"DROP TRIGGER {name} ON records_transfer", f"DROP FUNCTION {name}()"])


class Migration(migrations.Migration):
    dependencies = [("records", "0017_mark_withdrawn")]

    operations = [
        migrations.RunPython(drop_old, make_old),
        migrations.RemoveConstraint("transfer", "transfer_voucher_once"),
        migrations.AlterField("transfer", "moved", models.CharField(choices=MOVED, max_length=12)),
        migrations.AddField(
            "transfer",
            "reverses",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversed_by",
                to="records.transfer",
            ),
        ),
        migrations.AddIndex(
            "transfer", models.Index(fields=["voucher_no"], name="transfer_voucher_no")
        ),
        migrations.AddConstraint(
            "transfer",
            models.CheckConstraint(
                condition=models.Q(("moved", "reversed"), ("reverses__isnull", False))
                | (~models.Q(("moved", "reversed")) & models.Q(("reverses__isnull", True))),
                name="transfer_reverses_one",
            ),
        ),
        migrations.RunPython(make_old, drop_old),
        migrations.RunPython(make_new, drop_new),
    ]
