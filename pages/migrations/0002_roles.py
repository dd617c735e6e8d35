"""The roles of those who keep the site, in place of Wagtail's groups, and how drafts are approved."""

from django.db import migrations

from pages.roles import ADMINISTRATOR, AUTHOR, EDITOR, ROLES, give, permission

PUBLISHERS = (EDITOR, ADMINISTRATOR)
WAGTAILS = ("Editors", "Moderators")


def make_roles(apps, schema_editor):
    groups = apps.get_model("auth.Group").objects
    groups.filter(name__in=WAGTAILS).delete()
    for role in ROLES:
        groups.get_or_create(name=role)
    access = permission(apps, "wagtailadmin", "admin", "access", "access_admin")
    for group in groups.filter(name__in=ROLES):
        group.permissions.add(access)
    give(apps, PUBLISHERS, "wagtailredirects", "redirect", "add", "change", "delete", "view")
    give(apps, PUBLISHERS, "pages", "glossaryterm", "add", "change", "delete", "view")
    give(apps, PUBLISHERS, "pages", "actor", "add", "change", "view")
    give(apps, (ADMINISTRATOR,), "pages", "publishedversion", "change", "view")
    give(apps, PUBLISHERS, "pages", "sitesettings", "change")
    give(apps, PUBLISHERS, "pages", "searchsynonyms", "add", "change", "delete", "view")
    give(apps, PUBLISHERS, "pages", "sitenotice", "add", "change", "delete", "view")
    give(apps, PUBLISHERS, "pages", "brokenlink", "view")
    give(apps, PUBLISHERS, "pages", "waitingmail", "view")
    give(apps, PUBLISHERS, "wagtailsearchpromotions", "searchpromotion", "add", "change", "delete", "view")
    translate = permission(apps, "simple_translation", "simpletranslation", "submit", "submit_translation")
    for group in groups.filter(name__in=PUBLISHERS):
        group.permissions.add(translate)
    for app_label, models in {
        "auth": ("user", "group"),
        "wagtailcore": ("site", "locale", "workflow", "task"),
    }.items():
        for model in models:
            give(apps, (ADMINISTRATOR,), app_label, model, "add", "change", "delete", "view")


def open_the_tree(apps, schema_editor):
    """Let editors do everything with all pages and files; authors get their sections from an administrator."""
    root = apps.get_model("wagtailcore.Page").objects.get(depth=1)
    collection = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    rights = apps.get_model("wagtailcore.GroupPagePermission").objects
    files = apps.get_model("wagtailcore.GroupCollectionPermission").objects
    for group in apps.get_model("auth.Group").objects.filter(name__in=ROLES):
        if group.name != AUTHOR:
            for action in ("add", "change", "publish", "bulk_delete", "lock", "unlock"):
                rights.get_or_create(group=group, page=root, permission=permission(apps, "wagtailcore", "page", action))
        for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            for action in ("add", "choose") if group.name == AUTHOR else ("add", "change", "choose"):
                allowed = permission(apps, app_label, model, action)
                files.get_or_create(group=group, collection=collection, permission=allowed)
        if group.name == ADMINISTRATOR:
            for action in ("add", "change", "delete"):
                allowed = permission(apps, "wagtailcore", "collection", action)
                files.get_or_create(group=group, collection=collection, permission=allowed)


def make_workflows(apps, schema_editor):
    """Let editors approve what authors submit, and offer approval by a second person to sections that want it."""
    editors = apps.get_model("auth.Group").objects.filter(name__in=PUBLISHERS)
    review = apps.get_model("wagtailcore.GroupApprovalTask").objects.get(name="Moderators approval")
    review.name = "En redaktör godkänner"
    review.save()
    review.groups.set(editors)
    apps.get_model("wagtailcore.Workflow").objects.filter(name="Moderators approval").update(name="Granskning")
    content_type, _new = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="pages", model="secondpersontask"
    )
    second = apps.get_model("pages.SecondPersonTask").objects.create(
        name="En annan person godkänner", content_type=content_type
    )
    second.groups.set(editors)
    workflow = apps.get_model("wagtailcore.Workflow").objects.create(name="Granskning av en andra person")
    apps.get_model("wagtailcore.WorkflowTask").objects.create(workflow=workflow, task=second, sort_order=0)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0005_editingsession_is_editing"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
        ("simple_translation", "0001_initial"),
    ]
    operations = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(open_the_tree, migrations.RunPython.noop),
        migrations.RunPython(make_workflows, migrations.RunPython.noop),
    ]
