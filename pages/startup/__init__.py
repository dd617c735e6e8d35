"""The parts of `manage.py serve`: what it checks, what it prepares, what it does the first time."""
