"""The vacancy and employer screens beyond their storyboards."""
