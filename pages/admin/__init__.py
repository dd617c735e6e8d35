"""What all editors meet in the admin."""
