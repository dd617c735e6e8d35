"""How static files are stored: compressed, under names that change with what they hold, each stylesheet whole."""

import posixpath
import re
from collections.abc import Callable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = r"""(?P<matched>@import "(?P<url>\.[^"]+)";)"""
COMMENT_OR_INDENT = re.compile(r"\s*/\*.*?\*/|(?<=\n)\s+", re.DOTALL)  # a fifth of what readers would fetch
IMPORTED_TEXT = "%(text)s"  # tells this pattern from Django's own, which keep the import and change its name


class WholeStylesheetsStorage(CompressedManifestStaticFilesStorage):
    """A stylesheet under its hashed name holds the rules of what it imports: one request, compressed together.

    Only imports in double quotes that begin with a dot, one level deep. Under its plain name the file
    keeps its imports, which browsers follow one by one.
    """

    patterns = (("*.css", ((IMPORT, IMPORTED_TEXT),)), *CompressedManifestStaticFilesStorage.patterns)

    def url_converter(
        self, name: str, hashed_files: dict[str, str], template: str | None = None, ignored_blocks: Any = None
    ) -> Callable[[re.Match[str]], str]:
        """Return what replaces each match of the pattern that belongs to `template`."""
        if template != IMPORTED_TEXT:
            replaced: Callable[[re.Match[str]], str] = super().url_converter(
                name, hashed_files, template, ignored_blocks
            )
            return replaced

        def text_of(match: re.Match[str]) -> str:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), match["url"]))
            with self.open(path) as file:
                return COMMENT_OR_INDENT.sub("", file.read().decode())

        return text_of
