"""Coordinators' own pages at `/koordinator/`: plain views, found from the signed-in user.

Holder: who may change an entry now, its owner or, during leave, the deputy. Stamp: the signed
values that a page was made from, by which a save notices that somebody else came first.
"""
