"""What the text of a vacancy or of a CV names: languages, years, licences, skills; offered only."""
