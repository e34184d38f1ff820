"""Six steps by django-viewflow on SQLite: one flow of six tasks, each activated and executed.

    python -m tests.bench.rivals.viewflow_steps [--repeat 50]

Prints CPU ms a step: the median of the repeats.
"""

import argparse
import statistics
import tempfile
import time

import django
from django.conf import settings


def main() -> None:
    """Measures in a database of its own and prints one number."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeat", type=int, default=50)
    repeat = parser.parse_args().repeat
    with tempfile.TemporaryDirectory() as folder:
        settings.configure(
            INSTALLED_APPS=[
                "django.contrib.auth",
                "django.contrib.contenttypes",
                "viewflow",
                "viewflow.workflow",
                "tests.bench.rivals",
            ],
            DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3",
                                   "NAME": f"{folder}/flow.sqlite3"}},
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            USE_TZ=True,
        )  # fmt: skip
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print(f"{_measure(repeat):.3f}")


def _measure(repeat: int) -> float:
    from django.db import transaction

    from tests.bench.rivals.flows import Four

    steps = (
        Four.to_propose,
        Four.to_discuss,
        Four.to_review,
        Four.to_resolve,
        Four.to_notice,
        Four.to_carry_out,
    )
    took = []
    for _ in range(repeat):
        process = Four.start.run()
        start = time.process_time()
        for step in steps:
            with transaction.atomic():
                task = process.task_set.filter(flow_task=step, finished=None).get()
                step.run(task, present=19, agreed=15)
        took.append((time.process_time() - start) / len(steps) * 1000)
        process.refresh_from_db()
        assert process.finished is not None
    return statistics.median(took)


main()
