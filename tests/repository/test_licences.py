"""Nothing is installed with the site whose licence nobody has looked at."""

from tests.licences import COPYLEFT, PERMISSIVE, licences


def test_every_licence_is_permissive_or_listed_with_its_terms():
    found = licences()
    assert len(found) > 50
    assert {name for name, stated in found.items() if not PERMISSIVE.search(stated)} == set(COPYLEFT)
    assert {"pyphen", "psycopg"} <= set(COPYLEFT)


def test_unknown_licence_is_noticed():
    assert not PERMISSIVE.search("GPL-3.0-only")
    assert not PERMISSIVE.search("Proprietary")
    assert not PERMISSIVE.search("")
