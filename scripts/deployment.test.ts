import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { Env } from "@/lib/env";

const ROOT = path.join(import.meta.dirname, "..");
const COMPOSE = read("compose.yaml");
const DOCKERFILE = read("Dockerfile");
const SECRETS = [
  "POSTGRES_PASSWORD",
  "NEXTAUTH_SECRET",
  "ENCRYPTION_KEY",
  "EVENT_KEY",
  "INNGEST_EVENT_KEY",
  "INNGEST_SIGNING_KEY",
];

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

/** `${NAME:-default}` and `${NAME:?reason}` as compose writes them. */
function variables(): { name: string; operator: string; rest: string }[] {
  return [...COMPOSE.matchAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g)].map(
    ([, name = "", operator = "", rest = ""]) => ({
      name,
      operator,
      rest,
    }),
  );
}

/** The text of each service, by name. */
function services(): Record<string, string> {
  const [, body = ""] = /^services:\n([\s\S]*?)^\S/m.exec(COMPOSE) ?? [];
  const parts = body.split(/^ {2}(\w+):$/m).slice(1);
  return Object.fromEntries(
    parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? ""]] : [])),
  );
}

test("compose hands the app every setting there is, and no other", () => {
  const [, block = ""] = /environment:\n([\s\S]*?)\n {4}depends_on/.exec(services().app ?? "") ?? [];
  const given = [...block.matchAll(/^ {6}(\w+):/gm)].map(([, name]) => name);
  // The image sets these itself.
  const expected = Object.keys(Env.shape).filter((name) => !["PORT", "HOST", "DATA_DIR"].includes(name));
  // Node's own, and no setting of the product's.
  expect(given.sort()).toEqual([...expected, "NODE_EXTRA_CA_CERTS"].sort());
});

test("compose has no default for a secret and insists on each that is needed", () => {
  for (const { name, operator, rest } of variables()) {
    if (SECRETS.includes(name)) expect(operator, name).toBe("?");
    if (/TOKEN|PASSWORD|SECRET|KEY/.test(name)) expect(operator === "-" && rest !== "", name).toBe(false);
  }
  expect(SECRETS.filter((secret) => !variables().some(({ name }) => name === secret))).toEqual([]);
});

test("every service is watched, comes back by itself, and none but the app is reachable from outside", () => {
  const found = services();
  expect(Object.keys(found)).toEqual(["app", "inngest", "postgres", "redis"]);
  for (const [name, text] of Object.entries(found)) {
    expect(text, name).toContain("healthcheck:");
    expect(text, name).toContain("<<: *hardened");
    expect(text, name).toMatch(/^ {4}mem_limit: \d+[mg]$/m);
    expect(text, name).not.toMatch(/cap_add|privileged|\bcurl -|\bwget -/);
    expect(/^ {4}ports:/m.test(text), name).toBe(name === "app");
  }
  expect(found.app).toContain('ports: ["127.0.0.1:');
});

test("no container may write to its image, raise its rights or fill the disk with its log", () => {
  const [, hardened = ""] = /^x-hardened: &hardened\n((?: .*\n)+)/m.exec(COMPOSE) ?? [];
  for (const line of [
    "restart: unless-stopped",
    "read_only: true",
    "cap_drop: [ALL]",
    'security_opt: ["no-new-privileges:true"]',
    'options: { max-size: 10m, max-file: "5" }',
  ]) {
    expect(hardened).toContain(`  ${line}\n`);
  }
  for (const image of ["inngest", "postgres", "redis"]) expect(services()[image]).toMatch(/^ {4}user: /m);
});

test("what compose puts into a container is a file that is there", () => {
  // Text of compose's own cannot be copied into a container that is read-only.
  expect(COMPOSE).not.toMatch(/^ {4}content:/m);
  const files = [...COMPOSE.matchAll(/^ {4}file: (.+)$/gm)].map(([, file = ""]) => file);
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

test("the Inngest server runs with the settings that it was measured with", () => {
  expect(services().inngest).toContain(
    "--queue-workers 500 --tick 10 --postgres-max-open-conns 50 --postgres-max-idle-conns 50",
  );
});

test("the defaults that compose fills in are settings that the product takes", () => {
  const defaults = variables().filter(({ operator }) => operator === "-");
  const settings = Object.fromEntries(
    defaults.filter(({ name }) => name in Env.shape).map(({ name, rest }) => [name, rest]),
  );
  expect(() => Env.parse(settings)).not.toThrow();
});

test("the image runs as another user than root and starts a file that the build puts there", () => {
  const [, final = ""] = DOCKERFILE.split(/^FROM .*(?<!AS build)$/m);
  expect(final).toMatch(/^USER node$/m);
  const [, started = ""] = /^CMD \["node", "(.+)"\]$/m.exec(final) ?? [];
  expect(existsSync(path.join(ROOT, started))).toBe(true);
  expect(DOCKERFILE).toContain("rm -rf .next/standalone/node_modules/sharp");
  const [, traced = ""] =
    /outputFileTracingIncludes: \{([\s\S]*?)\n {2}\}/.exec(read("next.config.ts")) ?? [];
  for (const needed of [
    "./db/migrations/**",
    "./db/pglite/{create,worker}.mjs",
    "@electric-sql/pglite",
    "start,build",
    "./scripts/edge/*.mjs",
  ]) {
    expect(traced).toContain(needed);
  }
});

test("no secret and no data of this machine gets into the image", () => {
  const ignored = read(".dockerignore").split("\n");
  for (const entry of [".env", ".env.*", ".data*", ".git", "node_modules"]) expect(ignored).toContain(entry);
});

test("the lock has no entry that npm 11 skips and npm 10 refuses", () => {
  const { packages } = JSON.parse(read("package-lock.json")) as {
    packages: Record<string, { extraneous?: boolean }>;
  };
  expect(Object.keys(packages).filter((name) => packages[name]?.extraneous)).toEqual([]);
});

test("the backups of the docs leave out the lock by its name, which belongs to the process that runs", () => {
  const commands = read("docs/running.md").match(/^ *tar .*-czf.*$/gm) ?? [];
  expect(commands).toHaveLength(2);
  for (const command of commands) expect(command).toMatch(/ --exclude '(\.\/)?lock-\*' /);
});
