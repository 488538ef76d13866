import os
import uuid

from camunda.external_task.external_task import ExternalTask, TaskResult
from camunda.external_task.external_task_worker import ExternalTaskWorker


def count_words(task: ExternalTask) -> TaskResult:
    return task.complete({"words_python": len(task.get_variable("text").split())})


ExternalTaskWorker(
    worker_id=f"count-words-{uuid.uuid4()}",
    base_url=os.environ.get("CAMUNDA_URL", "http://127.0.0.1:8080/engine-rest"),
    config={
        "auth_basic": {
            "username": os.environ.get("PROCOS_ENGINE_USER", "procos"),
            "password": os.environ["PROCOS_ENGINE_PASSWORD"],
        },
        "lockDuration": 15_000,
        "asyncResponseTimeout": 10_000,
        "deserializeValues": False,
        "sleepSeconds": 5,
    },
).subscribe("count_words_python", count_words, variables=["text"])
