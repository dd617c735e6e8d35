"""Stylesheets as they are stored: each holds what it imports."""

import re

import pytest

from config.storage import WholeStylesheetsStorage

ENTRY = '@import "./parts/one.css";\n@import "./parts/two.css";\n\n.own { color: red }\n'
FILES = {
    "css/site.css": ENTRY,
    "css/parts/one.css": "/* The first:\n   long */\n.one {\n  content: '  ' / \"\"; /* why */\n}\n",
    "css/parts/two.css": ".two { margin: 0 }\n",
    "img/dot.svg": "<svg/>",
}


@pytest.fixture
def store(tmp_path):
    """Return a function that stores files as `collectstatic` does; it returns the storage."""

    def store_files(files: dict[str, str]) -> WholeStylesheetsStorage:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        storage = WholeStylesheetsStorage(location=tmp_path, base_url="/static/")
        for _name, _hashed, processed in storage.post_process({name: (storage, name) for name in files}):
            if isinstance(processed, Exception):
                raise processed
        return storage

    return store_files


def hashed_text(storage: WholeStylesheetsStorage, name: str) -> str:
    with storage.open(storage.stored_name(name)) as file:
        return file.read().decode()


def test_stylesheet_holds_what_it_imports(store):
    text = hashed_text(store(FILES), "css/site.css")
    assert re.search(r"""^\.one\{content:'  '/""\}\s*\.two\{margin:0\}\s*\.own \{ color: red \}""", text)


def test_plain_name_keeps_the_imports(store):
    with store(FILES).open("css/site.css") as file:
        assert file.read().decode() == ENTRY


def test_name_changes_with_what_is_imported(store):
    before = store(FILES).stored_name("css/site.css")
    after = store(FILES | {"css/parts/one.css": ".one { margin: 0 }"}).stored_name("css/site.css")
    assert before != after


def test_other_imports_and_addresses_are_those_of_django(store):
    files = {"css/other.css": '@import url("site.css");\n.dot { background: url(../img/dot.svg) }', **FILES}
    storage = store(files)
    text = hashed_text(storage, "css/other.css")
    assert storage.stored_name("css/site.css").removeprefix("css/") in text
    assert storage.stored_name("img/dot.svg").removeprefix("img/") in text


def test_missing_import_ends_the_collection(store):
    with pytest.raises(FileNotFoundError, match=r"nowhere\.css"):
        store({"css/site.css": '@import "./nowhere.css";\n'})
