import { type ChildProcess, fork, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockDataDir } from "./data-dir-lock";

const PROGRAM = path.join(import.meta.dirname, "testing/lock-process.ts");
const IN_USE = /is in use by another iiko-webhooks process/;

let dataDir: string;
const processes: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "iiko-webhooks-lock-"));
});
afterEach(async () => {
  for (const one of processes.splice(0)) one.kill("SIGKILL");
  await rm(dataDir, { recursive: true, force: true });
});

async function started(child: ChildProcess): Promise<ChildProcess> {
  processes.push(child);
  await once(child, "message");
  return child;
}

function startProcess(): Promise<ChildProcess> {
  return started(fork(PROGRAM, { execArgv: ["--import", "tsx"] }));
}

/** In a PID namespace of its own over the same folder, as a container has it. */
function startContainer(): Promise<ChildProcess> {
  const command = [process.execPath, "--import", "tsx", PROGRAM];
  const isolated = ["--pid", "--fork", "--kill-child", "--mount-proc", ...command];
  return started(spawn("unshare", isolated, { stdio: ["ignore", "inherit", "inherit", "ipc"] }));
}

type Request = Parameters<typeof lockDataDir>[0];

async function ask(child: ChildProcess, request: Partial<Request> = {}): Promise<string> {
  child.send({ dataDir, waitMs: 0, ...request });
  const [answer] = await once(child, "message");
  return answer;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

test("of processes that start together exactly one holds it, 400 times", async () => {
  const rivals = await Promise.all([startProcess(), startProcess()]);
  for (let round = 0; round < 400; round += 1) {
    const folder = await mkdtemp(path.join(dataDir, "round-"));
    const answers = await Promise.all(rivals.map((rival) => ask(rival, { dataDir: folder })));
    expect(answers.filter((answer) => answer === "held")).toHaveLength(1);
    expect(answers.find((answer) => answer !== "held")).toMatch(IN_USE);
  }
}, 60_000);

test("of processes that find a dead one's lock exactly one takes it over, 100 times", async () => {
  const dead = await startProcess();
  expect(await ask(dead)).toBe("held");
  await kill(dead);
  const left = await readFile(path.join(dataDir, "lock-1"));
  const rivals = await Promise.all([startProcess(), startProcess(), startProcess()]);
  for (let round = 0; round < 100; round += 1) {
    const folder = await mkdtemp(path.join(dataDir, "round-"));
    await writeFile(path.join(folder, "lock-7"), left);
    const answers = await Promise.all(rivals.map((rival) => ask(rival, { dataDir: folder })));
    expect(answers.filter((answer) => answer === "held")).toHaveLength(1);
    expect(await readdir(folder)).toEqual(["lock-8"]);
  }
}, 60_000);

test("a killed process's lock is taken at once, a frozen one's never", async () => {
  const [first, second] = await Promise.all([startProcess(), startProcess()]);
  expect(await ask(first)).toBe("held");
  first.kill("SIGSTOP");
  expect(await ask(second, { waitMs: 3_000, staleMs: 500 })).toMatch(IN_USE);
  await kill(first);
  expect(await ask(second)).toBe("held");
});

test("what was let go is free", async () => {
  const lock = await lockDataDir({ dataDir });
  await expect(lockDataDir({ dataDir, waitMs: 0 })).rejects.toThrow(`pid ${process.pid}`);
  lock.release();
  (await lockDataDir({ dataDir, waitMs: 0 })).release();
  expect(await readdir(dataDir)).toEqual(["lock-2"]);
});

test("a process whose lock is taken from it ends", async () => {
  const holder = await startProcess();
  expect(await ask(holder)).toBe("held");
  await rm(path.join(dataDir, "lock-1"));
  expect(await once(holder, "exit")).toEqual([1, null]);
});

const canIsolate = spawnSync("unshare", ["--pid", "--fork", "--mount-proc", "true"]).status === 0;
if (!canIsolate)
  console.warn("NOT TESTED: only root can make PID namespaces, so two containers were not tried.");

test.skipIf(!canIsolate)(
  "two containers on one folder: the second is refused while the first shows a heartbeat, and takes over when it is gone",
  async () => {
    const [first, second] = await Promise.all([startContainer(), startContainer()]);
    expect(await ask(first)).toBe("held");
    const refusal = await ask(second, { waitMs: 4_000, staleMs: 3_000 });
    expect(refusal).toMatch(/pid 1, in another container or on another machine/);
    await kill(first);
    expect(await ask(second, { waitMs: 15_000, staleMs: 3_000 })).toBe("held");
  },
  30_000,
);
