from django.db import migrations, models

_SQLITE = (
    # Tokens come ready made: the ascii tokenizer keeps every character beyond ASCII, and these signs.
    """CREATE VIRTUAL TABLE search_fts USING fts5(
        tokens, content='search_entry', content_rowid='id', detail=none, columnsize=0,
        tokenize='ascii tokenchars ''~=^@#$''')""",
    """CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
    """CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_fts(search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        END""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE OF tokens ON search_entry
        WHEN old.tokens <> new.tokens BEGIN
        INSERT INTO search_fts(search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        INSERT INTO search_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
)
_SQLITE_BACK = (
    "DROP TRIGGER search_entry_added",
    "DROP TRIGGER search_entry_removed",
    "DROP TRIGGER search_entry_changed",
    "DROP TABLE search_fts",
)
_POSTGRES = (
    """ALTER TABLE search_entry ADD COLUMN indexed tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED""",
    "ALTER TABLE search_entry ALTER COLUMN indexed SET STATISTICS 1000",
    "CREATE INDEX search_entry_indexed ON search_entry USING gin (indexed)",
)
_POSTGRES_BACK = ("ALTER TABLE search_entry DROP COLUMN indexed",)


def _run(schema_editor, sqlite, postgres):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgres:
        schema_editor.execute(statement)


def forwards(apps, schema_editor):
    _run(schema_editor, _SQLITE, _POSTGRES)


def backwards(apps, schema_editor):
    _run(schema_editor, _SQLITE_BACK, _POSTGRES_BACK)


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("record_id", models.UUIDField(unique=True)),
                ("tokens", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Rebuilt",
            fields=[
                (
                    "kind",
                    models.CharField(max_length=40, primary_key=True, serialize=False),
                ),
                ("after", models.UUIDField(null=True)),
            ],
        ),
        migrations.RunPython(forwards, backwards),
    )
