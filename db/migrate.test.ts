import { readFile } from "node:fs/promises";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrate, migrationsFolder } from "./migrate";
import type { StoredRefusal } from "./stored-refusal";

let pglite: PGlite;
const client = {
  query: async (text: string, values?: unknown[]) => {
    if (values) return pglite.query<Record<string, unknown>>(text, values);
    const results = await pglite.exec(text);
    return { rows: results.at(-1)?.rows ?? [] };
  },
};

beforeAll(async () => {
  pglite = await PGlite.create();
});
afterAll(() => pglite.close());

async function applied(): Promise<unknown[]> {
  return (await client.query("select created_at from drizzle.__drizzle_migrations")).rows;
}

test("an empty database is migrated, and a migrated one left alone", async () => {
  await migrate(client);
  const first = await applied();
  expect(first.length).toBeGreaterThan(0);
  await migrate(client);
  expect(await applied()).toEqual(first);
});

test("a database of a newer version is refused with a sentence and left alone", async () => {
  const newer = Date.parse("2099-05-01");
  await client.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', $1)", [
    newer,
  ]);
  const before = await applied();
  await expect(migrate(client)).rejects.toThrow(
    /belongs to a newer version of iiko-webhooks: its schema is of 2099-05-01, .* Start the newer version again/,
  );
  expect(await applied()).toEqual(before);
});

test("a migration that fails leaves nothing behind", async () => {
  await client.query("drop schema drizzle cascade");
  // The tables of the first migration are still there, so it fails.
  await expect(migrate(client)).rejects.toThrow(/already exists/);
  const { rows } = await client.query("select to_regclass('drizzle.__drizzle_migrations') is null as gone");
  expect(rows).toEqual([{ gone: true }]);
});

describe("faults and reasons of a version that kept them as English sentences alone", () => {
  type Row = { refusal: StoredRefusal; text: string | null };
  const read = async (query: string) => (await client.query(query)).rows as Row[];
  const GIVEN = refusal(
    "fault_status_5xx",
    "{receiver:crm.example} answered {answer:500 Internal Server Error}",
  );
  const GIVEN_TEXT = "crm.example answered 500 Internal Server Error: the fault is on the receiver's side.";

  beforeAll(async () => {
    await client.query(
      "drop schema if exists drizzle cascade; drop schema public cascade; create schema public",
    );
    await migrateTo("refusals");
    await client.query(
      "insert into outgoing_webhooks (id, name, webhook_url, payload_format) values (1, 'CRM', 'https://crm.example', 'custom'), (2, 'Up', 'https://crm.example', 'custom')",
    );
  }, 120_000);

  test("are the refusals that they word, and what none words stays as it is", async () => {
    for (const [_code, text] of OLD_FAULTS) await addAttempt(plain(text));
    await addAttempt("something else");
    await addAttempt(null);
    for (const [reason] of oldReasons(GIVEN_TEXT, GIVEN)) await addDelivery(reason);
    const flow = {
      paused_until: null,
      pauses: 2,
      down_since: 5,
      down_reason: GIVEN_TEXT,
      probes: 3,
      next_probe_at: 9,
    };
    await client.query("insert into webhook_stats (webhook_id, flow) values (1, $1), (2, null)", [
      JSON.stringify(flow),
    ]);
    await addEvent(
      "older: this is how the order was at 2026-01-01T00:00:00.000Z, and how it was at ? is known already",
    );
    await addEvent("data: expected an object, got nothing");

    await migrate(client);

    expect(
      await read("select fault as refusal, error_message as text from outgoing_webhook_logs order by id"),
    ).toEqual([
      ...OLD_FAULTS.map(([code, text]) => ({ refusal: refusal(code, text), text: null })),
      { refusal: { code: "other", text: "something else" }, text: null },
      { refusal: null, text: null },
    ]);
    expect(await read("select refusal, reason as text from deliveries order by position")).toEqual(
      oldReasons(GIVEN_TEXT, GIVEN).map(([, stored]) => ({ refusal: stored, text: null })),
    );
    expect((await client.query("select flow from webhook_stats order by webhook_id")).rows).toEqual([
      { flow: { ...flow, down_reason: GIVEN } },
      { flow: null },
    ]);
    const older = { code: "order_older", at: "2026-01-01T00:00:00.000Z", known: "?" };
    expect((await client.query("select refusals, reason from order_events order by seq")).rows).toEqual([
      { refusals: [older], reason: null },
      // lib/orders/judge-old-rejections
      { refusals: null, reason: "data: expected an object, got nothing" },
    ]);
  });

  async function addAttempt(fault: string | null): Promise<void> {
    await client.query(
      `insert into outgoing_webhook_logs (webhook_id, event_type, attempt_number, request_url, request_headers,
         duration_ms, success, error_message) values (1, 'order.created', 1, 'x', '{}', 5, $1, $2)`,
      [fault === null, fault],
    );
  }

  let position = 0;
  async function addDelivery(reason: string | null): Promise<void> {
    position += 1;
    await client.query(
      `insert into deliveries (id, event_id, webhook_id, state, reason, position, body)
       values (gen_random_uuid(), $1, 1, 'failed', $2, $3, '{}')`,
      [`e-${position}`, reason, position],
    );
  }

  async function addEvent(reason: string): Promise<void> {
    await client.query(
      "insert into order_events (id, name, data, state, reason) values ($1, '', '{}', 'rejected', $1)",
      [reason],
    );
  }
});

/** The sentences as they were then, with the names of their parts. */
const OLD_FAULTS: [code: string, text: string][] = [
  [
    "fault_timeout_connecting",
    "No connection to {at:crm.example:8443 (192.0.2.1, 192.0.2.2)} came about within {ms:5000} ms.",
  ],
  [
    "fault_timeout_waiting",
    "{at:crm.example:8443 (192.0.2.1, 192.0.2.2)} took the request but did not answer within {ms:5000} ms.",
  ],
  [
    "fault_timeout_reading",
    "{at:crm.example:8443 (192.0.2.1, 192.0.2.2)} began to answer but did not finish within {ms:5000} ms.",
  ],
  [
    "fault_dns_silent",
    "The DNS did not answer when asked for {host:crm.example:8443}: check the name's DNS servers and this server's own.",
  ],
  [
    "fault_dns",
    "The host name of {host:crm.example:8443} could not be resolved: check its spelling and its public DNS.",
  ],
  [
    "fault_refused",
    "{at:crm.example:8443 (192.0.2.1, 192.0.2.2)} refused the connection: nothing listens on that port.",
  ],
  [
    "fault_reset_connecting",
    "{at:crm.example:8443 (192.0.2.1, 192.0.2.2)} closed the connection before it was ready.",
  ],
  [
    "fault_reset_waiting",
    "{at:crm.example:8443 (192.0.2.1, 192.0.2.2)} closed the connection without an answer.",
  ],
  [
    "fault_reset_reading",
    "{at:crm.example:8443 (192.0.2.1, 192.0.2.2)} closed the connection in the middle of its answer.",
  ],
  [
    "fault_unreachable",
    "There is no way from this server to {at:crm.example:8443} ({detail:Hostname/IP does not match (certificate's) altnames}).",
  ],
  [
    "fault_tls_expired",
    "The TLS certificate of {host:crm.example:8443} has expired; the receiver must renew it.",
  ],
  [
    "fault_tls_self_signed",
    "The TLS certificate of {host:crm.example:8443} is self-signed; the receiver needs one from a public authority, or name the certificate's file in NODE_EXTRA_CA_CERTS.",
  ],
  [
    "fault_tls_hostname",
    "The TLS certificate of {host:crm.example:8443} is for another name ({detail:Hostname/IP does not match (certificate's) altnames}).",
  ],
  [
    "fault_tls_untrusted",
    "The TLS certificate of {host:crm.example:8443} is not from a known authority: the receiver must send its intermediate certificate too; for a private authority name its file in NODE_EXTRA_CA_CERTS.",
  ],
  [
    "fault_tls_version",
    "{host:crm.example:8443} speaks a version of TLS older than 1.2; the receiver must switch on TLS 1.2 or 1.3.",
  ],
  [
    "fault_tls",
    "No secure connection to {host:crm.example:8443} could be made ({detail:Hostname/IP does not match (certificate's) altnames}).",
  ],
  [
    "fault_too_many_headers",
    "{host:crm.example:8443} answered with more than 16 KiB of headers; they were not read on.",
  ],
  [
    "fault_invalid_response",
    "{host:crm.example:8443} did not answer in proper HTTP/1.1 ({detail:Hostname/IP does not match (certificate's) altnames}).",
  ],
  [
    "fault_invalid_request",
    "No request to {host:crm.example:8443} could be made: check the webhook's URL and headers ({detail:Hostname/IP does not match (certificate's) altnames}).",
  ],
  [
    "fault_network",
    "The exchange with {host:crm.example:8443} failed ({detail:Hostname/IP does not match (certificate's) altnames}).",
  ],
  [
    "fault_redirect",
    "{receiver:crm.example:8443} answered {answer:302 Found} and pointed to {to:https://new.example/?a=b: c}. Redirects are not followed; make that the webhook's URL if it is the right one.",
  ],
  [
    "fault_status_401",
    "{receiver:crm.example:8443} answered {answer:401 Unauthorized}: check the webhook's authorization type and its token or password.",
  ],
  [
    "fault_status_403",
    "{receiver:crm.example:8443} answered {answer:403 Forbidden}: the token or user is known but may not do this.",
  ],
  [
    "fault_status_404",
    "{receiver:crm.example:8443} answered {answer:404 Not Found}: check the path in the webhook's URL.",
  ],
  [
    "fault_status_410",
    "{receiver:crm.example:8443} answered {answer:410 Gone}: the receiver wants no more deliveries.",
  ],
  [
    "fault_status_429",
    "{receiver:crm.example:8443} answered {answer:429 Too Many Requests}: it wants fewer requests.",
  ],
  [
    "fault_status_5xx",
    "{receiver:crm.example:8443} answered {answer:503 Service Unavailable}: the fault is on the receiver's side.",
  ],
  [
    "fault_status_unknown",
    "{receiver:crm.example:8443} answered {answer:600}: there is no such HTTP status.",
  ],
  ["fault_status", "{receiver:crm.example:8443} answered {answer:418 I'm a Teapot}."],
  [
    "address_this_machine",
    "{host:crm.local} is this machine itself; webhooks may not reach it. To allow it, add {host:crm.local} to OUTBOUND_ALLOW.",
  ],
  [
    "address_special",
    "{address:10.0.0.5} is a {kind:private} address; webhooks may reach only the public internet. To allow it, add {address:10.0.0.5} to OUTBOUND_ALLOW.",
  ],
  [
    "address_resolved",
    "{host:crm.local} resolves to {address:10.0.0.5}, a {kind:private} address; webhooks may reach only the public internet. To allow it, add {host:crm.local} or {address:10.0.0.5} to OUTBOUND_ALLOW.",
  ],
];

function oldReasons(
  faultText: string,
  fault: StoredRefusal,
): [reason: string | null, StoredRefusal | null][] {
  return [
    [null, null],
    [
      `Given up after 30 minutes. The last fault: ${faultText}`,
      { code: "given_up_fault", minutes: "30", fault },
    ],
    ["Given up after 30 minutes.", { code: "given_up", minutes: "30" }],
    [`All 4 attempts failed. ${faultText}`, { code: "attempts_failed", attempts: "4", fault }],
    [`The only attempt failed. ${faultText}`, { code: "attempt_failed", fault }],
    ["All 2 attempts failed. HTTP 500", { code: "attempts_failed", attempts: "2", fault: "HTTP 500" }],
    ["The webhook was switched off.", { code: "webhook_switched_off" }],
    ["The webhook was switched off: The receiver answered 410 Gone.", { code: "webhook_switched_off_gone" }],
    ["The webhook was deleted.", { code: "webhook_deleted" }],
    ["It waited for its receiver, and a person cancelled it.", { code: "waiting_cancelled" }],
    ["The receiver answered 410 Gone, so the webhook was switched off.", { code: "gone_so_off" }],
    ["The payload is over 8 MiB; shorten its template.", { code: "payload_too_large" }],
    ["The payload could not be built from this order.", { code: "payload_not_built" }],
    [
      "The template does too much work for one payload; shorten its loops.",
      { code: "template_too_much_work" },
    ],
    ["The template could not be filled: x", { code: "template_not_filled", reason: "x" }],
    ["The product could not send it: x", { code: "not_sent", said: "x" }],
    ["A person cancelled it.", { code: "other", text: "A person cancelled it." }],
  ];
}

const PART = /\{(\w+):([^}]*)\}/g;

function plain(text: string): string {
  return text.replace(PART, "$2");
}

function refusal(code: string, text: string): StoredRefusal {
  return {
    code,
    ...Object.fromEntries([...text.matchAll(PART)].map(([, name, value]) => [name, value])),
  };
}

/** Applies what comes before a migration. */
async function migrateTo(name: string): Promise<void> {
  const { entries } = JSON.parse(await readFile(path.join(migrationsFolder, "meta/_journal.json"), "utf8"));
  const { when } = entries.find(({ tag }: { tag: string }) => tag.endsWith(`_${name}`));
  const before = readMigrationFiles({ migrationsFolder }).filter(({ folderMillis }) => folderMillis < when);
  for (const statement of before.flatMap(({ sql }) => sql)) await client.query(statement);
  await client.query(
    "create schema drizzle; create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)",
  );
  await client.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ('before', $1)", [
    when - 1,
  ]);
}
