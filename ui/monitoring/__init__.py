"""Check-ins, cases, visits and trust files on the screen."""
