"""The encrypted file on disk: clinic, keyring, schema and migrations, audit, search."""
