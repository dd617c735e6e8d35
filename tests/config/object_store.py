"""A store of the S3 protocol on this machine, in a process of its own: it keeps in memory what it is given."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.error import URLError
from urllib.request import Request, urlopen

from tests.pages.startup.starting import free_port

SERVE = "from moto.server import main; import sys; main(['-H', '127.0.0.1', '-p', sys.argv[1]])"


@contextmanager
def object_store() -> Iterator[str]:
    """Run a store with an empty bucket; yield what UPLOADS_URL is for it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-W", "ignore", "-c", SERVE, str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _attempt in range(1200):
                with suppress(URLError), urlopen(Request(f"{address}/uploads", method="PUT"), timeout=30):  # noqa: S310
                    break
                assert process.poll() is None
                time.sleep(0.1)
            yield f"s3+http://key:secret@127.0.0.1:{port}/uploads"
        finally:
            process.terminate()
