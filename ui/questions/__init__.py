"""Questions worth asking: the list, the task with its call, what came of it."""
