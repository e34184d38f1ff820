"""Six steps by SpiffWorkflow: each reads the serialised instance, completes one task, writes it.

    python -m tests.bench.rivals.spiff [--repeat 50]

Prints CPU ms a step: the median of the repeats.
"""

import argparse
import statistics
import time

from SpiffWorkflow.serializer.json import JSONSerializer
from SpiffWorkflow.specs.Simple import Simple
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
from SpiffWorkflow.workflow import Workflow

STEPS = ("propose", "discuss", "review", "resolve", "notice", "carry_out")


def main() -> None:
    """Measures and prints one number."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeat", type=int, default=50)
    repeat = parser.parse_args().repeat
    spec = WorkflowSpec("four", addstart=True)
    before = spec.start
    for name in STEPS:
        task = Simple(spec, name, manual=True)
        before.connect(task)
        before = task
    serializer = JSONSerializer()
    first = Workflow(spec)
    first.run_next()
    begun = first.serialize(serializer)
    took = []
    for _ in range(repeat):
        kept = begun
        start = time.process_time()
        for name in STEPS:
            workflow = Workflow.deserialize(serializer, kept)
            task = next(t for t in workflow.get_tasks() if t.task_spec.name == name)
            task.set_data(present=19, agreed=15)
            task.run()
            kept = workflow.serialize(serializer)
        took.append((time.process_time() - start) / len(STEPS) * 1000)
    print(f"{statistics.median(took):.3f}")


main()
