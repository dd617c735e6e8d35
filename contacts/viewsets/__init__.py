"""The register in the editors' admin: lists, forms and what is done with an entry."""
