"""Quality of the text matching on public labelled sets: `make evaluate`."""
