"""Registers read from CSV files: the whole file or nothing, each fault with its row and column."""
