"""Who is registered twice: names in any script, birth dates, numbers, weighed in pairs."""
