"""An author of a wish may choose to be named; nobody is unless they chose it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0018_payment_reversed")]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="shows_name",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
