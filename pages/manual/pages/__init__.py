"""The page types of the manual: they carry routes, so they import downwards and nothing imports them back."""
