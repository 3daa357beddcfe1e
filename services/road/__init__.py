"""The road as a whole: who stands where, what waits for whom, a person's story."""
