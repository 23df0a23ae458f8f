"""The usual script: creates an annotation for each task with the SDK of Label Studio, in so many threads.

Reads pairs of a task and its result as JSON, and writes how many milliseconds all of them took.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from label_studio_sdk import LabelStudio

BASE, TOKEN, THREADS = sys.argv[1:]
client = LabelStudio(base_url=BASE, api_key=TOKEN)
rows = json.load(sys.stdin)
client.projects.list()


def create(row):
    task, result = row
    return client.annotations.create(id=task, result=result)


start = time.perf_counter()
if THREADS == "1":
    for row in rows:
        create(row)
else:
    with ThreadPoolExecutor(int(THREADS)) as threads:
        list(threads.map(create, rows))
print((time.perf_counter() - start) * 1000)
