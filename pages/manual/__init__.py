"""The manual: numbered steps and parts, each part with an address for ever.

models: the rows that outlive a page (parts, actors, terms, changes). index: the published manual read in one
query. references: links to parts. audience: whom a part is for. content: what a part says. rendering: parts as HTML.
publication: what publishing a step does to its parts. changes: what has changed since when. whole and files: all of
it on one page, and as files. moving: parts that go to another step or language. pages: the page types, on top of all
this and imported by none of it. admin: what the manual adds to the editors' admin.
"""
