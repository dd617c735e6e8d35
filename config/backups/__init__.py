"""The whole site as one file: database, uploads, and a manifest with the checksum of each part."""
