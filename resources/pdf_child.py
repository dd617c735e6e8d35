"""What runs in the process that reads an upload: `python -I pdf_child.py`, the file as its standard input.

Writes JSON: the facts of the file, or the reason why there are none. It imports nothing of the site, and limits
itself before it looks at anything: a few kilobytes may unpack to gigabytes, and a fault in the library that reads
them must not be one of the site's.
"""

import json
import resource
import sys
from typing import Any, BinaryIO

MEMORY = 256 * 2**20  # bytes of address space; 43 million are there before anything is read
CPU_SECONDS = 5
OUTPUT = 4096  # bytes
HEAD = TAIL = 1024  # bytes in which a PDF says that it is one, and that it is whole


def limit() -> None:
    """Take from this process what a document has no use for; nothing gives it back."""
    for name, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, OUTPUT),
    ):
        resource.setrlimit(name, (most, most))


def read(file: BinaryIO) -> dict[str, Any]:
    """Return the facts of a PDF, or `{"reason": ...}`."""
    if b"%PDF-" not in file.read(HEAD):
        return {"reason": "no-pdf"}
    file.seek(0)
    # Else the library makes up what is missing. Some programs fill files up to a full block.
    is_whole = b"%%EOF" in file.read().rstrip(b"\0\t\n\r ")[-TAIL:]
    file.seek(0)
    found = read_whole(file)
    return found if is_whole or found.get("reason") in {"locked", "too-heavy"} else {"reason": "cut-off"}


def read_whole(file: BinaryIO) -> dict[str, Any]:
    """Return the facts of what says that it is a PDF, or the reason."""
    import pikepdf  # noqa: PLC0415  (within the limits)

    try:
        with pikepdf.open(file) as pdf:
            marks: Any = pdf.Root.get("/MarkInfo", {})
            title = str(pdf.docinfo.get("/Title", "")) or pdf.open_metadata().get("dc:title", "")
            return {
                "page_count": len(pdf.pages),
                "is_tagged": "/StructTreeRoot" in pdf.Root and bool(marks.get("/Marked", False)),
                "has_title": bool(title.strip()),
                "has_language": bool(str(pdf.Root.get("/Lang", "")).strip()),
            }
    except pikepdf.PasswordError:
        return {"reason": "locked"}
    except MemoryError:
        return {"reason": "too-heavy"}
    except (pikepdf.PikepdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as error:
        has_memory = "bad_alloc" not in str(error)  # as the library below says that there is none
        return {"reason": "broken" if has_memory else "too-heavy"}  # what is broken in a file may be anything


if __name__ == "__main__":
    limit()
    json.dump(read(sys.stdin.buffer), sys.stdout)
