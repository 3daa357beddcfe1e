"""What the outermost layer tells an operator: how the process starts, how it is, what it logs."""
