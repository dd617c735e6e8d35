"""The query parameters that pages read; everything else in a query string is ignored.

One list, so that a store of ready pages can tell addresses apart without asking the pages.
"""

LOOKUP = "q"  # of the contacts page, and the words of the list of publications
ROLE = ("actor", "person", "permit")  # of a step of the manual
CHANGES = ("year", "since")  # of what changed in the manual
SEARCH = ("q", "kind", "page")  # of the search page
RESOURCE_FILTERS = ("topic", "kind", "audience", "language")  # of the list of publications
PAGE_NUMBER = "p"

DECLARED = frozenset({LOOKUP, *ROLE, *CHANGES, *SEARCH, *RESOURCE_FILTERS, PAGE_NUMBER})

# Those whose values are few: a page in each choice of them is stored. The others go to Django.
STORED = (*ROLE, CHANGES[0])
