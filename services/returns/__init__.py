"""Coming back (stage S15): reminders, the return, what was learned, the survey, the next season."""
