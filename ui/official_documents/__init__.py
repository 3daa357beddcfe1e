"""Official documents on screen: what waits for me, one document, absences."""
