"""The rows of the manual that outlive a page; `pages.models` is the front door of all models."""
