"""The blocks an editor can put in the body of a page, by topic."""

from pages.blocks.body import BodyBlock

__all__ = ["BodyBlock"]
