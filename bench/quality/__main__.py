"""`python -m bench.quality [SET…]`."""

import sys

from bench.quality.evaluation import main

if __name__ == "__main__":
    sys.exit(main())
