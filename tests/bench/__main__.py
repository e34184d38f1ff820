"""CPU ms and SQL statements a request at three sizes, growth, start, memory, page weight, import.

    python -m tests.bench [--sizes 1000,10000,100000] [--repeat 30]

CPU time is this process's own (user and system), so a busy machine does not change it much.
The median of the repeats is printed. Nothing here passes or fails: the aims stand beside.
"""

import argparse
import os
import subprocess
import sys
import tempfile


def main() -> None:
    """Measures in a folder of its own and prints the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--repeat", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yishi-bench-") as folder:
        os.environ |= {"YISHI_MODE": "test", "YISHI_VAR": folder}
        os.environ["DJANGO_SETTINGS_MODULE"] = "yishi.site.settings"
        import django

        django.setup()
        from tests.bench import once, requests

        requests.measure([int(size) for size in options.sizes.split(",")], options.repeat)
        once.measure()
    subprocess.run([sys.executable, "-m", "tests.bench.methods"], check=True)
    subprocess.run([sys.executable, "-m", "tests.bench.votes"], check=True)
    subprocess.run(
        [sys.executable, "-m", "tests.bench.rounds", "--sizes", options.sizes], check=True
    )
    subprocess.run([sys.executable, "-m", "tests.bench.budget"], check=True)


main()
