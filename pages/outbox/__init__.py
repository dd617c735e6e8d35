"""Mail that waits: kept in the database when it is written, sent after the answer, tried again until it is taken."""
