"""The ranking screen, part by part."""
