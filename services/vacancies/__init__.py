"""Employers and vacancies: taken in, checked, published (stage S06)."""
