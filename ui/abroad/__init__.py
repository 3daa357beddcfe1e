"""The register of people abroad on screen."""
