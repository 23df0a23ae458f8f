"""What a script does with the SDK of Label Studio, on the server at BASE with TOKEN: one line of JSON for each step.

The spec beside it runs it against the sandbox and a real server, and compares the lines.
"""

import csv
import datetime
import io
import json
import sys

from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError

BASE, TOKEN = sys.argv[1:]
CONFIG = (
    '<View><Text name="text" value="$text"/><Choices name="mood" toName="text">'
    '<Choice value="Good"/><Choice value="Bad"/></Choices></View>'
)
client = LabelStudio(base_url=BASE, api_key=TOKEN)


def plain(value):
    """JSON of an answer, without what differs on every run."""
    if hasattr(value, "model_dump"):
        value = value.model_dump()
    if isinstance(value, datetime.datetime):
        return "time"
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if key not in ("duration", "created_ago")}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    return str(value)


def step(name, ask):
    try:
        answer = ask()
        said = plain(answer)
    except ApiError as error:
        body = error.body if isinstance(error.body, dict) else {}
        answer, said = None, {"status": error.status_code, "detail": body.get("detail")}
    print(json.dumps([name, said], sort_keys=True))
    return answer


TIMES = ("created_at", "updated_at")


def exported(kind):
    """Records of an export, without their times."""
    text = b"".join(client.projects.exports.download_sync(project, export_type=kind)).decode()
    if kind.startswith("JSON"):
        records = json.loads(text)
    else:
        records = csv.DictReader(io.StringIO(text), delimiter="\t" if kind == "TSV" else ",")
    return [{key: value for key, value in one.items() if key not in TIMES} for one in records]


def region(label):
    return [{"id": "sdk", "from_name": "mood", "to_name": "text", "type": "choices", "value": {"choices": [label]}}]


project = step("projects.create", lambda: client.projects.create(title="By script", label_config=CONFIG)).id
step("projects.update", lambda: client.projects.update(id=project, title="By a script", description="changed"))
step("projects.get", lambda: client.projects.get(id=project))
step("projects.list", lambda: [one.title for one in client.projects.list()])
step(
    "projects.import_tasks",
    lambda: client.projects.import_tasks(
        id=project, request=[{"text": "one"}, {"text": "two"}], return_task_ids=True
    ),
)
task = step("tasks.create", lambda: client.tasks.create(project=project, data={"text": "three"})).id
step("tasks.update", lambda: client.tasks.update(id=str(task), data={"text": "changed"}))
step("tasks.get", lambda: client.tasks.get(id=str(task)))
step("tasks.list", lambda: [[one.id, one.data] for one in client.tasks.list(project=project)])
annotation = step(
    "annotations.create", lambda: client.annotations.create(id=task, result=region("Good"), lead_time=1.5)
).id
step("annotations.update", lambda: client.annotations.update(id=annotation, result=region("Bad")))
step("annotations.get", lambda: client.annotations.get(id=annotation))
step("annotations.list", lambda: client.annotations.list(id=task))
for kind in ("JSON_MIN", "CSV", "TSV"):
    step(f"exports.download_sync of {kind}", lambda: exported(kind))
step("actions.list", lambda: client.actions.list(project=project))
step("views.list", lambda: client.views.list(project=project))
step("annotations.delete", lambda: client.annotations.delete(id=annotation))
step("annotations.get of a deleted one", lambda: client.annotations.get(id=annotation))
step("tasks.delete", lambda: client.tasks.delete(id=str(task)))
step("tasks.get of a deleted one", lambda: client.tasks.get(id=str(task)))
step("projects.delete", lambda: client.projects.delete(id=project))
step("projects.get of a deleted one", lambda: client.projects.get(id=project))
