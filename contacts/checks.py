"""Rules about the contacts that the database cannot state (run with `manage.py check --database default`)."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from contacts.models import County


@register(Tags.database)
def check_every_county_has_a_coordinator(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Name the counties whose readers are led to the support line alone."""
    return [
        CheckWarning(
            f"{county.name} has no published coordinator.",
            hint="Publish one under Contacts › Coordinators; until then the county's page shows the support line.",
            obj=county,
            id="contacts.W001",
        )
        for alias in databases or []
        if _is_migrated(alias)
        for county in County.objects.using(alias).without_coordinator()
    ]


def _is_migrated(alias: str) -> bool:
    """Tell whether the tables are what the models say; `migrate` checks before they are."""
    executor = MigrationExecutor(connections[alias])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
