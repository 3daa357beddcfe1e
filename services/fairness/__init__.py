"""Whether groups of people come equally far, and which requirement tells them apart."""
