"""Topics are searched too. `yishi reindex`, which `yishi upgrade` runs, writes their documents."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0013_ledger_held")]

    operations = [
        migrations.AddField(
            model_name="searchdoc",
            name="topic",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="search_docs",
                to="records.topic",
            ),
        ),
        migrations.AlterField(
            model_name="searchdoc",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="search_docs",
                to="records.case",
            ),
        ),
    ]
