"""Employers in Georgia and their vacancies, ranked by the same engine, and referrals to them."""
