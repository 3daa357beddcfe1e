"""Rankings: the live pool, frozen runs, lists and reasons for the screens (stage S07)."""
