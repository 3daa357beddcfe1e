"""Coming back on screen: the lists, one person's return, the survey, the next season."""
