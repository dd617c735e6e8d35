"""`manage.py serve` where it cannot: one line that says what to do, and an exit code."""

import socket
from contextlib import suppress

import pytest

from config import env
from tests.pages.startup.starting import WITHOUT_PRIVILEGES, Start

pytestmark = [pytest.mark.xdist_group("serve"), pytest.mark.long]


def only_line(start: Start) -> str:
    """Wait for the end and return the one line that was shown."""
    assert start.wait() == 1, start.output
    (line,) = start.output.splitlines()
    return line


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"DATA_DIR": f"{__file__}/var"}, [f"{__file__}/var cannot be written", "Not a directory", "set DATA_DIR"]),
        ({"DATABASE_URL": "postgresql://127.0.0.1:1/x"}, ["No connection to the database", "Start the server"]),
        ({"DATABASE_URL": "mysql://127.0.0.1/x"}, ["DATABASE_URL must be postgresql://"]),
        ({"DATABASE_URL": "postgresql://127.0.0.1:port/x"}, ["DATABASE_URL", "port", "See .env.example"]),
        ({"SITE_URL": "agency.example"}, ["SITE_URL", "https://"]),
        ({"SITE_LIVE": "true", "SECRET_KEY": ""}, ["Set SECRET_KEY"]),
        ({"SITE_LIVE": "perhaps"}, ["SITE_LIVE must be true or false"]),
    ],
)
def test_wrong_configuration(empty_place, variables, words):
    with empty_place.start(**variables) as start:
        line = only_line(start)
    for word in words:
        assert word in line


@pytest.mark.any_database
def test_folder_that_may_not_be_written(new_place):
    place = new_place()
    place.folder.chmod(0o500)
    with place.start(program=("-c", WITHOUT_PRIVILEGES)) as start:
        assert f"{place.folder} cannot be written (Permission denied). Make it writable" in only_line(start)
    place.folder.chmod(0o700)
    assert not list(place.folder.iterdir())


@pytest.mark.any_database
@pytest.mark.parametrize("name", ["static", "media", "private", "mail"])
def test_file_in_place_of_a_folder(new_place, name):
    place = new_place()
    (place.folder / name).touch()
    with place.start() as start:
        assert only_line(start) == f"{place.folder / name} is a file where the site needs a folder. Move it away."


@pytest.mark.any_database
@pytest.mark.parametrize("suffix", ["", "-wal", "-shm"])
def test_database_that_can_only_be_read(new_place, suffix):
    place = new_place()
    file = place.folder / f"db.sqlite3{suffix}"
    file.touch(0o400)
    with place.start(program=("-c", WITHOUT_PRIVILEGES), DATABASE_URL="") as start:
        assert f"{file} can only be read. Make it writable" in only_line(start)


def test_env_file_of_a_developer_decides_nothing_here(empty_place):
    assert {variable.name for variable in env.VARIABLES} <= empty_place.environment().keys()


def test_broken_or_missing_database(new_place):
    place = new_place()
    if place.database_url:
        with place.start(DATABASE_URL=f"{place.database_url}_missing") as start:
            line = only_line(start)
        assert "does not exist" in line
        assert "create the database" in line
    else:
        (place.folder / "db.sqlite3").write_text("not a database, but long enough to be taken for one" * 100)
        with place.start() as start:
            line = only_line(start)
        assert "file is not a database" in line
        assert "Put a backup in place of" in line


@pytest.mark.any_database
def test_taken_port(empty_place):
    with socket.create_server(("127.0.0.1", empty_place.port)), empty_place.start() as start:
        line = only_line(start)
    assert f"Port {empty_place.port} is taken. Stop what uses it, or choose another: serve --port" in line


def test_port_of_a_running_site_is_taken(place, site):
    # The server would share the port (SO_REUSEPORT) without a word.
    with place.start() as start:
        assert f"Port {place.port} is taken" in only_line(start)


@pytest.mark.any_database
def test_port_is_8000_unless_told_otherwise(empty_place):
    with socket.socket() as other:
        with suppress(OSError):  # somebody else may have it already
            other.bind(("127.0.0.1", 8000))
            other.listen()
        with empty_place.start("--threads", "2") as start:
            assert "Port 8000 is taken" in only_line(start)


@pytest.mark.any_database
def test_host_of_another_machine(empty_place):
    port = str(empty_place.port)
    with empty_place.start("--host", "192.0.2.1", "--port", port) as start:  # an address for examples
        line = only_line(start)
    assert f"Cannot listen on 192.0.2.1, port {port}" in line
    assert "--host" in line


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("option", "line"),
    [
        (("--port", "65536"), "65536 is no port: choose a number from 1 to 65535"),
        (("--threads", "0"), "0 is no number of threads: choose a number from 1 to 200"),
    ],
)
def test_number_that_is_none(empty_place, option, line):
    with empty_place.start(*option) as start:
        assert start.wait() == 2
    assert start.output.splitlines()[-1].endswith(line)
