"""The content that the first start loads: Markdown by language, and what loads it."""
