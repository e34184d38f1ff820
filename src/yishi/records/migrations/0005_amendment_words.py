from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_report_attempts"),
    ]

    operations = [
        migrations.AddField(
            model_name="amendment",
            name="words",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
