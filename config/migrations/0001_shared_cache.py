from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def remove_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS shared_cache")


class Migration(migrations.Migration):
    """The table of `config.caches.SharedDatabaseCache`, which has no model."""

    dependencies = []

    operations = [migrations.RunPython(make_table, remove_table)]
