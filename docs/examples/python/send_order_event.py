"""How iiko-base sends its order events to iiko-webhooks so that none is lost.

1. `add_order_event` writes the event into an outbox table, in the transaction that changes the order:
   either both are committed or neither.
2. `send_pending` sends what is in the outbox, oldest first, in batches; `run` does so for ever.

An event has its id from the moment it is written. Whatever fails (the network, this process, iiko-webhooks),
it is sent again under the same id, and iiko-webhooks delivers an id once.

Needs Python 3.9 and nothing else; with httpx installed it uses that. The table is shown in SQLite: on
PostgreSQL only `%s` instead of `?` and `BIGSERIAL PRIMARY KEY` differ.

    export IIKO_WEBHOOKS_URL=http://127.0.0.1:3000 IIKO_WEBHOOKS_EVENT_KEY=…
    python3 send_order_event.py add order.created order.json    # the order as JSON, or - for stdin
    python3 send_order_event.py run --until-empty
"""

import json
import logging
import os
import random
import sqlite3
import sys
import time
import urllib.error
import urllib.request
import uuid

try:
    import httpx
except ImportError:
    httpx = None

BATCH_EVENTS = 200  # at most 5000 a request, each up to 3 MiB
TIMEOUT_SECONDS = 15
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30
IDLE_SECONDS = 1

CREATE_OUTBOX = """
CREATE TABLE IF NOT EXISTS order_event_outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    ts INTEGER NOT NULL,
    data TEXT NOT NULL,
    refused TEXT
)"""

log = logging.getLogger("iiko_webhooks")


def add_order_event(db, name, order, previous_status=None):
    """Writes one event into the outbox and returns its id. Does not commit: that is the caller's transaction.

    `name` is order.created, order.updated, order.status_changed or order.cancelled; `order` is a dict with
    iiko-base's column names, money in kopecks, times with their offset.
    """
    event_id = f"iiko-base-{uuid.uuid4()}"
    data = {"order": order}
    if previous_status is not None:
        data["previous_status"] = previous_status
    db.execute(
        "INSERT INTO order_event_outbox (id, name, ts, data) VALUES (?, ?, ?, ?)",
        (event_id, name, int(time.time() * 1000), json.dumps(data, ensure_ascii=False, default=str)),
    )
    return event_id


def send_pending(db, url, event_key, limit=BATCH_EVENTS):
    """Sends the oldest events of the outbox in one request and removes them; returns how many it is rid of.

    Raises OSError (or httpx.HTTPError) when iiko-webhooks cannot be reached or does not take anything now: the
    events stay in the outbox. One that it will never take is set aside, so that it does not hold up the others.
    """
    rows = db.execute(
        "SELECT seq, id, name, ts, data FROM order_event_outbox WHERE refused IS NULL ORDER BY seq LIMIT ?",
        (limit,),
    ).fetchall()
    if not rows:
        return 0
    events = [{"id": row[1], "name": row[2], "ts": row[3], "data": json.loads(row[4])} for row in rows]
    status, answer = post_json(f"{url.rstrip('/')}/e/{event_key}", events)
    if status == 200:
        # A crash before this commit sends them again, under the same ids.
        db.executemany("DELETE FROM order_event_outbox WHERE seq = ?", [(row[0],) for row in rows])
    elif status in (400, 413) and len(rows) > 1:
        return send_pending(db, url, event_key, limit=len(rows) // 2)
    elif status in (400, 413):
        log.error("order event %s was refused, a person must look at it: %s", rows[0][1], answer[:300])
        db.execute("UPDATE order_event_outbox SET refused = ? WHERE seq = ?", (answer[:2000], rows[0][0]))
    else:
        raise OSError(f"iiko-webhooks answered {status}: {answer[:300]}")
    db.commit()
    return len(rows)


def post_json(url, value):
    """POSTs `value` as JSON and returns (status, text)."""
    body = json.dumps(value, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json"}
    if httpx:
        response = httpx.post(url, content=body, headers=headers, timeout=TIMEOUT_SECONDS)
        return response.status_code, response.text
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")


def run(db, url, event_key, until_empty=False):
    """Sends for ever, or until the outbox is empty. In FastAPI: a thread started in the lifespan, one per table."""
    failed_for = (OSError, httpx.HTTPError) if httpx else (OSError,)
    failures = 0
    while True:
        try:
            sent = send_pending(db, url, event_key)
        except failed_for as error:
            failures += 1
            pause = min(FIRST_PAUSE_SECONDS * 2 ** min(failures - 1, 10), LONGEST_PAUSE_SECONDS)
            log.warning("not sent, again in about %.1f s: %s", pause, error)
            time.sleep(pause * random.uniform(0.5, 1))
            continue
        failures = 0
        if sent:
            log.info("%d order events sent", sent)
        elif until_empty:
            return
        else:
            time.sleep(IDLE_SECONDS)


def main():
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines would show the event key
    db = sqlite3.connect(os.environ.get("OUTBOX_DB", "outbox.sqlite3"), timeout=10)
    db.execute(CREATE_OUTBOX)
    command, *arguments = sys.argv[1:] or ["help"]
    if command == "add" and len(arguments) == 2:
        name, file = arguments
        with open(0 if file == "-" else file, encoding="utf-8") as source:
            given = json.load(source)
        for order in given if isinstance(given, list) else [given]:
            print(add_order_event(db, name, order))
        db.commit()
    elif command == "run":
        url, event_key = os.environ["IIKO_WEBHOOKS_URL"], os.environ["IIKO_WEBHOOKS_EVENT_KEY"]
        run(db, url, event_key, until_empty="--until-empty" in arguments)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
