import { spawnSync } from "node:child_process";

// Where the library is: PYTHON=/path/to/venv/bin/python, or python3.
const PYTHON = process.env.PYTHON ?? "python3";
const CONSUMER = `
import json, sys
from pyiikocloudapi.models import EventInfo
from pyiikocloudapi.api import WebHook
for body in json.load(sys.stdin):
    try:
        events = WebHook.parse_webhook_order(json.loads(body))
    except Exception as error:
        print(json.dumps(["unreadable", str(error), None, None]))
        continue
    for event in events:
        order = event.event_info.order if isinstance(event.event_info, EventInfo) else None
        print(json.dumps([event.event_type, type(event.event_info).__name__, order and order.number, order and order.sum]))
`;

export const hasPyiikocloudapi = spawnSync(PYTHON, ["-c", "import pyiikocloudapi"]).status === 0;
if (!hasPyiikocloudapi)
  console.warn(`NOT TESTED: ${PYTHON} has no pyiikocloudapi (pip install pyiikocloudapi==0.0.32).`);

/** The type of event, the type of its information, and the order's number and sum (null for none). */
export type ReadByPyiikocloudapi = [string, string, number | null, number | null];

/** What a consumer made with pyiikocloudapi reads of these bodies, of one event each; `unreadable` where it refuses one. */
export function readWithPyiikocloudapi(bodies: string[]): ReadByPyiikocloudapi[] {
  const read = spawnSync(PYTHON, ["-c", CONSUMER], { input: JSON.stringify(bodies), encoding: "utf8" });
  if (read.status !== 0) throw new Error(read.stderr);
  return read.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as ReadByPyiikocloudapi);
}
