"""How backups are shown."""
