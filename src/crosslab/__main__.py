"""`python -m crosslab` and the console script: each way in loads what it needs.

`vault` runs on a member's own machine, without the server. `serve` and `worker` run for months, without what
migrates, seeds and writes pages for developers.
"""

import sys

if sys.argv[1:2] == ["vault"]:
    from crosslab.member.main import run as main
elif sys.argv[1:2] in (["serve"], ["worker"]):
    from crosslab.serving import main
else:
    from crosslab.cli import main

if __name__ == "__main__":
    main()
