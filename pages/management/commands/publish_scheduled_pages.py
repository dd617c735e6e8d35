"""The name under which old schedules call `publish_scheduled`; Wagtail has it too."""

from pages.management.commands.publish_scheduled import Command

__all__ = ["Command"]
