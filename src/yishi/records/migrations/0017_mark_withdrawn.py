"""A mark on a roll that was made by mistake may be withdrawn: its row stays, of no line any more.

SQLite makes the table anew, and with it the triggers that let a row in only in time (0010).
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

late = import_module("yishi.records.migrations.0010_late_ballots")


def drop(apps, editor):
    if editor.connection.vendor == "sqlite":
        late.drop(apps, editor)


def make(apps, editor):
    if editor.connection.vendor == "sqlite":
        late.make(apps, editor)


class Migration(migrations.Migration):
    dependencies = [("records", "0016_fund_corrected")]

    operations = [
        migrations.RunPython(drop, make),
        migrations.AddField(
            model_name="part",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="part",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="part",
            name="withdrawn_from",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withdrawn",
                to="records.voter",
            ),
        ),
        migrations.AlterField(
            model_name="part",
            name="voter",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="part",
                to="records.voter",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(("voter__isnull", False), ("withdrawn_from__isnull", True))
                | models.Q(("voter__isnull", True), ("withdrawn_from__isnull", False)),
                name="part_of_one_line",
            ),
        ),
        migrations.RunPython(make, drop),
    ]
