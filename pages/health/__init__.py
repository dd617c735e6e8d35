"""Whether a process lives, and whether all that it needs is there: for service managers and monitoring."""
