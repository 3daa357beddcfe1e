"""The employer's answers and the candidates' replies as a recruiter sees and records them."""
