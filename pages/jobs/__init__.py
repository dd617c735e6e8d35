"""What the site does by itself: when, by which process, and how it went."""
