"""What has drafts and is published whole."""

from typing import Any

from pages.faulty_texts import refuse_faulty_texts


class ChecksTexts:
    """A page or row that is not saved as published, on whatever path, with texts that readers must not see."""

    live: bool
    rows_with_texts: tuple[str, ...] = ()  # relations to what is published with it

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raise FaultyTextsError where a text breaks a rule; a save of some fields is none of texts."""
        if self.live and kwargs.get("update_fields") is None:
            refuse_faulty_texts(self, (row for name in self.rows_with_texts for row in getattr(self, name).all()))
        super().save(*args, **kwargs)  # type: ignore[misc]
