"""The words and rules of the process, in the standard library only."""
