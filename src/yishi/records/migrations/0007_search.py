"""The search index: its documents, and the tokens as each database keeps them.

It is filled by `yishi reindex`, which `yishi upgrade` runs.
"""

import django.db.models.deletion
from django.db import migrations, models

FTS = """
CREATE VIRTUAL TABLE records_searchdoc_fts USING fts5(
    head, words, marks, content='', contentless_delete=1, tokenize='ascii'
)
"""


def add_tokens(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE records_searchdoc ADD COLUMN tokens tsvector NOT NULL")
        schema_editor.execute(
            "CREATE INDEX searchdoc_tokens ON records_searchdoc"
            " USING gin (tokens) WITH (gin_pending_list_limit = 512)"
        )
    else:
        schema_editor.execute(FTS)


def drop_tokens(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE records_searchdoc DROP COLUMN tokens")
    else:
        schema_editor.execute("DROP TABLE records_searchdoc_fts")


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0006_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchDoc',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('head', models.TextField()),
                ('words', models.TextField()),
                ('version', models.IntegerField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='search_docs', to='records.case')),
            ],
            options={
                'indexes': [models.Index(fields=['version'], name='searchdoc_version')],
            },
        ),
        migrations.RunPython(add_tokens, drop_tokens),
    ]
