"""Questions worth asking: which, to whom, as whose task, and what an answer did (stage S07)."""
