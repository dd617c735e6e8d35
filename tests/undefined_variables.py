"""Undefined template variables as failures.

`string_if_invalid` does not see `{% if name %}` nor `{{ name|default:"" }}`; Django's own log does.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

# Parameters that a component can do without, and what Wagtail gives to some requests only; no page is outside its tree.
OPTIONAL = {"boxed", "brief", "compact", "is_gathered", "is_paper", "is_preview", "is_snapshot", "is_told"}
OPTIONAL |= {"municipality", "page", "query", "title"}


class _Collector(logging.Filter):
    def __init__(self) -> None:
        super().__init__()
        self.missing: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        variable, template, *_rest = record.args or ("", "")
        if variable not in OPTIONAL:
            self.missing.add(f"{variable} in {template}")
        return False  # each record carries three tracebacks, which pytest would write out


@contextmanager
def undefined_variables_fail() -> Iterator[None]:
    """Raise AssertionError at the end when a template read a variable that was not there."""
    logger = logging.getLogger("django.template")
    collector = _Collector()
    logger.addFilter(collector)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.removeFilter(collector)
        logger.setLevel(logging.NOTSET)
    assert not collector.missing, f"undefined in templates: {sorted(collector.missing)}"
