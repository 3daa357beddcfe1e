"""One module per criterion: what it asks for, what it gives, and the sentence it says."""
