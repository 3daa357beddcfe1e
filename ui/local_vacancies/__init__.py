"""Vacancies in Georgia on screen: taking in, who fits, recommending, what came of it."""
