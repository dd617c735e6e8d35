"""Search: what readers find, in the order that this site decides.

An *entry* is what can be found, in one language: a page, a part of the manual, a row of another app.
It is written when its page or row is saved, in the same transaction (`entries`), and holds its words
as *tokens*. All knowledge of language is used when somebody asks: the *vocabulary* is every word of
all entries with its stem, and a query's *terms* name the words that may answer it (`terms`). Wagtail's
search fetches the entries that hold such words (`candidates`), and `ranking` orders them, so that the
order is the same whatever holds the index.
"""
