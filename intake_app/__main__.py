"""`python -m intake_app`, and the command `intake-app`."""

import sys

from intake_app.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
