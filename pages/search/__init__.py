"""Search: what readers find, in the order that this site decides.

An *entry* is what can be found, in one language: a page, a part of the manual, a row of another app.
It is written when its page or row is saved, in the same transaction (`entries`), with its words. Each
process keeps the words of all entries in memory (`index`). All knowledge of language is used when
somebody asks: a query's terms (`query`) are answered by words (`matching`) with what editors add
(`additions`), and `ranking` orders the entries that hold these. `finding` puts them together.
"""
