"""`python -m bench.load`."""

from bench.load.run import main

main()
