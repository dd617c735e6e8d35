"""What a PDF says of itself, as far as it matters to those who cannot see it."""

from dataclasses import dataclass
from typing import IO, Any, BinaryIO, Self, cast


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """Pages, and whether the file is marked for assistive technology; no pages where it cannot be read."""

    page_count: int | None
    is_tagged: bool
    has_title: bool
    has_language: bool

    @classmethod
    def of_unreadable(cls) -> Self:
        """Return what is known of a file that is broken, encrypted or no PDF."""
        return cls(None, is_tagged=False, has_title=False, has_language=False)


def read_pdf(file: IO[bytes]) -> PdfFacts | None:
    """Return the facts of a PDF; None where it cannot be read."""
    import pikepdf  # noqa: PLC0415  (a large library that only uploads need)

    try:
        with pikepdf.open(cast("BinaryIO", file)) as pdf:
            marks: Any = pdf.Root.get("/MarkInfo", {})
            title = str(pdf.docinfo.get("/Title", "")) or pdf.open_metadata().get("dc:title", "")
            return PdfFacts(
                page_count=len(pdf.pages),
                is_tagged="/StructTreeRoot" in pdf.Root and bool(marks.get("/Marked", False)),
                has_title=bool(title.strip()),
                has_language=bool(str(pdf.Root.get("/Lang", "")).strip()),
            )
    except (pikepdf.PikepdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        return None  # files from anywhere: what is broken in them may be anything
