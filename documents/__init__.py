"""Files for people outside the screens: records in, bytes out. The same records, the same bytes."""
