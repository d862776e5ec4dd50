"""The full-text index beside the table of entries: what models cannot say, made after every migration.

Triggers and a generated column keep it, so that whatever empties or fills the table, the index
follows. It is made when it is missing: a change of the table on SQLite drops its triggers.
"""

from django.db import connections

# Tokens come ready made: the ascii tokenizer keeps every character beyond ASCII, and these signs.
_SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_fts USING fts5(
        tokens, content='search_entry', content_rowid='id', detail=none, columnsize=0,
        tokenize='ascii tokenchars ''~=^@#$''')""",
    """CREATE TRIGGER IF NOT EXISTS search_entry_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
    """CREATE TRIGGER IF NOT EXISTS search_entry_removed AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_fts(search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        END""",
    """CREATE TRIGGER IF NOT EXISTS search_entry_changed AFTER UPDATE OF tokens ON search_entry
        WHEN old.tokens <> new.tokens BEGIN
        INSERT INTO search_fts(search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        INSERT INTO search_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
)
_POSTGRES = (
    """ALTER TABLE search_entry ADD COLUMN IF NOT EXISTS indexed tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED""",
    "ALTER TABLE search_entry ALTER COLUMN indexed SET STATISTICS 1000",
    "CREATE INDEX IF NOT EXISTS search_entry_indexed ON search_entry USING gin (indexed)",
    # For common words: newest first within a kind. By -id, lest the planner walk back through all kinds.
    "CREATE INDEX IF NOT EXISTS search_entry_newest ON search_entry (kind, (-id))",
)


def prepare(using: str, **_: object) -> None:
    """Make what is missing. Takes a moment on an empty table, minutes on a full one."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in _SQLITE if connection.vendor == "sqlite" else _POSTGRES:
            cursor.execute(statement)
