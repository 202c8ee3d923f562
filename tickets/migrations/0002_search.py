import django.db.models.deletion
from django.db import migrations, models

# The cost tells the planner what making a vector takes: else it reads the whole table rather than the index.
# A search reads little: starting parallel workers would take longer than the search.
POSTGRES_FUNCTION = """
CREATE FUNCTION tickets_search_vector(tokens text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL UNSAFE COST 2000
AS 'BEGIN RETURN array_to_tsvector(string_to_array(tokens, '' '')); END'
"""
POSTGRES_INDEX = """
CREATE INDEX searchdoc_tokens ON tickets_searchdoc
USING gin (tickets_search_vector(tokens)) WITH (gin_pending_list_limit = 256)
"""
# Every character but white space belongs to a token, so that SQLite parts tokens where PostgreSQL does.
SQLITE = [
    """
    CREATE VIRTUAL TABLE tickets_search USING fts5(
        tokens, content='tickets_searchdoc', content_rowid='ticket_id', detail=none,
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
    )
    """,
    """
    CREATE TRIGGER tickets_search_added AFTER INSERT ON tickets_searchdoc BEGIN
        INSERT INTO tickets_search(rowid, tokens) VALUES (new.ticket_id, new.tokens);
    END
    """,
    """
    CREATE TRIGGER tickets_search_removed AFTER DELETE ON tickets_searchdoc BEGIN
        INSERT INTO tickets_search(tickets_search, rowid, tokens) VALUES ('delete', old.ticket_id, old.tokens);
    END
    """,
    """
    CREATE TRIGGER tickets_search_changed AFTER UPDATE ON tickets_searchdoc BEGIN
        INSERT INTO tickets_search(tickets_search, rowid, tokens) VALUES ('delete', old.ticket_id, old.tokens);
        INSERT INTO tickets_search(rowid, tokens) VALUES (new.ticket_id, new.tokens);
    END
    """,
]


def add_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTION)
        schema_editor.execute(POSTGRES_INDEX)
    else:
        for statement in SQLITE:
            schema_editor.execute(statement)


def remove_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX searchdoc_tokens")
        schema_editor.execute("DROP FUNCTION tickets_search_vector")
    else:
        for name in ("added", "removed", "changed"):
            schema_editor.execute(f"DROP TRIGGER tickets_search_{name}")
        schema_editor.execute("DROP TABLE tickets_search")


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_main_job")]

    operations = [
        migrations.CreateModel(
            name="SearchDoc",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_doc",
                        serialize=False,
                        to="tickets.ticket",
                    ),
                ),
                ("tokens", models.TextField()),
                ("text", models.TextField()),
            ],
        ),
        migrations.RunPython(add_index, remove_index),
    ]
