"""What employers answer about the people sent to them, and whether the chosen ones go (S10).

An answer comes through the package's link, or a recruiter writes down what was said. It may change
until the package's last day; each change is kept. Whoever is selected is asked, with a last day.
"""
