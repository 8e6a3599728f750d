import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { db, openDatabase, rows, type Session } from "@/db/client";
import { notifyEngine } from "@/db/queries/pending-deliveries";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { until } from "@/lib/deliveries/testing/waiting";
import { ENGINE_CHANNEL, type Leadership, seekLeadership } from "./leadership";

// The embedded database has one process, which need not ask.
describe.skipIf(!process.env.TEST_DATABASE_URL)("leadership", () => {
  let database: TestDatabase;
  let told: string[];
  const seeking: Leadership[] = [];

  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterEach(async () => {
    for (const leadership of seeking.splice(0)) await leadership.stop();
  });
  afterAll(() => database.close());

  /** Begins to seek; `end` breaks the connection of its session, as a fault of the network or the server does. */
  async function seek(name: string) {
    const { openSession } = await openDatabase({ dataDir: "unused" });
    let pid: unknown;
    const open = async (): Promise<Session> => {
      const session = await (openSession as () => Promise<Session>)();
      pid = (await session.query("select pg_backend_pid() as pid")).rows[0]?.pid;
      return session;
    };
    const leadership = seekLeadership({
      openSession: open,
      onGained: () => void told.push(`${name} leads`),
      onLost: () => void told.push(`${name} lost it`),
      onNotified: (payload) => void told.push(`${name} heard ${payload}`),
    });
    seeking.push(leadership);
    const end = () => rows(sql`select pg_terminate_backend(${Number(pid)}::int)`, db());
    return { ...leadership, end };
  }

  test("one leads; when its session ends it says so, and leads again as soon as it is the first to ask", async () => {
    told = [];
    const first = await seek("first");
    await until(() => first.isLeader());
    await first.end();
    await until(() => told.length === 3);
    expect(told).toEqual(["first leads", "first lost it", "first leads"]);
    expect(first.isLeader()).toBe(true);
  });

  test("whoever stands by leads when the one before it stops, and never beside it", async () => {
    told = [];
    const first = await seek("first");
    await until(() => first.isLeader());
    const second = await seek("second");
    await notifyEngine({ channel: ENGINE_CHANNEL, payloads: ["7"] });
    await until(() => told.includes("first heard 7"));
    expect(second.isLeader()).toBe(false);
    await first.stop();
    await until(() => second.isLeader());
    await notifyEngine({ channel: ENGINE_CHANNEL, payloads: ["8"] });
    await until(() => told.includes("second heard 8"));
    expect(told).toEqual(["first leads", "first heard 7", "second leads", "second heard 8"]);
  });
});
