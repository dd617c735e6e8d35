"""Pages that readers could read and can no more: at their addresses, why, and what to read instead."""
