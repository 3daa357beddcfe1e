"""From votes to decisions, their reasons and dissenting opinions."""
