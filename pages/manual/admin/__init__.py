"""The manual in the admin: what publishing refuses, parts that move, and what editors look after."""
