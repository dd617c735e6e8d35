"""What keeps out of the log what was answered in the guide."""

import logging
import re
from copy import copy
from functools import cache

from django.apps import apps

from contacts.guide.words import answers_words


class WithoutAnswers(logging.Filter):
    """Cuts the addresses of the guide before what was answered there, a place included."""

    def filter(self, record: logging.LogRecord) -> logging.LogRecord:
        """Return the record as it is written."""
        if not apps.ready:  # nor are there words in any language, or readers
            return record
        message = record.getMessage()
        cut = answers_pattern().sub(r"\1…", message)
        if cut == message:
            return record
        written = copy(record)
        written.msg, written.args = cut, ()
        return written


@cache
def answers_pattern() -> re.Pattern[str]:
    """Return what is cut from a text: all that follows the word before the answers, in any language."""
    return re.compile(rf"(/(?:{'|'.join(map(re.escape, answers_words()))})/)[^\s'\"]+")
