"""The road from the commission to the return: the board, what waits, a person's story."""
