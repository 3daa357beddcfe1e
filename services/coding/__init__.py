"""Texts to codes: suggestions, what people decided, coders trained on it."""
