"""PDFs as readers get them: their text by page and their look, read by poppler, and how they are tagged."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from django.http import FileResponse
from PIL import Image

from pages.tagged_pdf import can_make_pdf
from tests.tools import tool_or_skip

INK = 160  # of 255: what is darker is printed


def paper_tools() -> None:
    """Skip a test, or fail it in CI, where PDFs can be neither made nor read."""
    tool_or_skip("Pango", can_make_pdf(), "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")
    tool_or_skip("pdftotext", shutil.which("pdftotext") is not None, "apt-get install poppler-utils")


def sent(response: FileResponse) -> bytes:
    """Return the PDF of an answer, after checking that it is one to save."""
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    return b"".join(response.streaming_content)


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page in the order in which it is drawn, its words one space apart."""
    output = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    pages = output.decode().removesuffix("\f").split("\f")
    return [re.sub(r"\s+", " ", page).strip() for page in pages]


def pictures(pdf: bytes, dots_per_inch: int = 50) -> list[Image.Image]:
    """Return each page as a picture in greys."""
    with TemporaryDirectory() as folder:
        command = ["pdftoppm", "-gray", "-png", "-r", str(dots_per_inch), "-", f"{folder}/page"]
        subprocess.run(command, input=pdf, check=True)
        return [_picture(path) for path in sorted(Path(folder).iterdir())]


def _picture(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("L")


def filled(page: Image.Image) -> float:
    """Return how far down a page its text reaches, from 0 to 1: its foot, the last tenth, is left out."""
    body = page.crop((0, 0, page.width, int(page.height * 0.9)))
    box = body.point(lambda grey: 255 if grey < INK else 0).getbbox()
    return box[3] / page.height if box else 0.0


def assert_tagged(pdf: bytes, language: str) -> list[str]:
    """Check what PDF/UA-1 asks of every file; return the names of its structure elements in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert str(file.Root.Lang) == language
        assert bool(file.Root.MarkInfo.Marked)
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert str(file.docinfo["/Title"])
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        elements = list(_elements(file.Root.StructTreeRoot.K))
        assert [element for element in elements if element.S == "/Figure" and not str(element.get("/Alt", ""))] == []
        assert all(str(page.obj.get("/Tabs", "/S")) == "/S" for page in file.pages)
        return [str(element.S).removeprefix("/") for element in elements]


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from _elements(node.K)
