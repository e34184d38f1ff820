"""Papers that the works of a project leave, and inspectors without an account by name."""

import django.db.models.deletion
import yishi.records.secret
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0014_search_topics")]

    operations = [
        migrations.AddField(
            model_name="projectlook",
            name="name",
            field=yishi.records.secret.SecretField(blank=True, default=""),
        ),
        migrations.CreateModel(
            name="ProjectPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(max_length=20, unique=True)),
                ("kind", models.CharField(choices=[("contract", "contract"), ("built", "built"), ("acceptance", "acceptance"), ("review", "review"), ("handing", "handing")], max_length=12)),
                ("amount_fen", models.BigIntegerField(null=True)),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("body", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.body")),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("file", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.storedfile")),
                ("project", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="records.project")),
            ],
            options={"indexes": [models.Index(fields=["project", "kind", "id"], name="project_paper_kind")]},
        ),
    ]
