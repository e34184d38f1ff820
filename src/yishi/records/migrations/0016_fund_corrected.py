"""A fund that was announced too high is put right by a movement of its own."""

from django.db import migrations, models

MOVED = [
    (one, one)
    for one in (
        "granted",
        "corrected",
        "committed",
        "given",
        "paid",
        "delivered",
        "released",
        "returned",
        "swept",
    )
]


class Migration(migrations.Migration):
    dependencies = [("records", "0015_works_papers")]
    operations = [
        migrations.AlterField("transfer", "moved", models.CharField(choices=MOVED, max_length=12))
    ]
