"""`python -m crosslab` and the console script: the vault's command line starts without loading the server."""

import sys

if sys.argv[1:2] == ["vault"]:
    from crosslab.member.main import run as main
else:
    from crosslab.cli import main

if __name__ == "__main__":
    main()
