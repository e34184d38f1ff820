"""Settings of the tests: test mode, a folder of its own, and a database file.

Child processes inherit the environment set here, so what they start is in test mode too.
"""

import atexit
import os
import shutil
import tempfile

os.environ["YISHI_MODE"] = "test"
if "YISHI_TEST_VAR" not in os.environ:
    os.environ["YISHI_TEST_VAR"] = tempfile.mkdtemp(prefix="yishi-test-")
    atexit.register(shutil.rmtree, os.environ["YISHI_TEST_VAR"], ignore_errors=True)
os.environ["YISHI_VAR"] = os.environ["YISHI_TEST_VAR"]

from yishi.site.settings import *  # noqa: F403
from yishi.site.settings import DATABASES, YISHI_VAR

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because threads and processes must meet the same locks as in an office.
    DATABASES["default"]["TEST"] = {"NAME": str(YISHI_VAR / "test.sqlite3")}
else:
    # A bare machine's cluster may be SQL_ASCII; Chinese needs UTF-8 whatever it is.
    DATABASES["default"]["TEST"] = {"CHARSET": "UTF8", "TEMPLATE": "template0"}
