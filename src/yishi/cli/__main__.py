"""`python -m yishi.cli`, as the children of `yishi up` are started."""

import sys

from yishi.cli import main

sys.exit(main())
