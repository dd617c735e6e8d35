"""A site of one page type, for comparison."""
