"""What editors and administrators may do with the material."""

from django.db import migrations

from pages.roles import ADMINISTRATOR, EDITOR, give

RIGHTS = {
    "resource": ("add", "change", "delete", "view", "publish"),
    "topic": ("add", "change", "delete", "view"),
}


def give_rights(apps, schema_editor):
    for model, actions in RIGHTS.items():
        give(apps, (EDITOR, ADMINISTRATOR), "resources", model, *actions)


class Migration(migrations.Migration):
    dependencies = [("resources", "0001_initial"), ("pages", "0002_roles")]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
