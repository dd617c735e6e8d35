"""Coordinators' own pages at `/koordinator/`: plain views, found from the signed-in user.

EntryAccess: who may change an entry now, its owner or, during leave, the deputy. Edit token: the
signed values that a form was made from, by which a save notices that somebody else came first.
"""
