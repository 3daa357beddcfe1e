"""Which unknown facts are worth a telephone call: answers tried out on everybody near a line."""
