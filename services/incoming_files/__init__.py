"""Everything that comes from outside is read apart: in a process with limits on time and memory."""
