"""Sending approved candidates' CVs to the employer, holds, and who comes next in line (S09)."""
