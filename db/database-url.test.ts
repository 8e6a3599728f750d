import { expect, test } from "vitest";
import { databaseKind, explainConnectFault, readDatabaseUrl } from "./database-url";

const HOST = "db.example:5432/shop";

test.each([
  [undefined, "pglite"],
  [`postgres://u:p@${HOST}`, "postgres"],
  [`postgresql://u:p@${HOST}`, "postgres"],
  ["postgres:///shop?host=/var/run/postgresql", "postgres"],
  ["postgres://u:p@/shop?host=/var/run/postgresql", "postgres"],
  ["postgres://u:p@ep-x-1.eu-central-1.aws.neon.tech/shop?sslmode=require", "neon"],
  ["postgres://u:p@ep-x-1-pooler.eu-central-1.aws.neon.build/shop", "neon"],
] as const)("%s is reached as %s", (url, kind) => {
  expect(databaseKind(url)).toBe(kind);
});

test.each([
  ["hash", `postgres://u:pa#ss@${HOST}`],
  ["slash", `postgres://u:pa/ss@${HOST}`],
  ["slash behind digits", `postgres://u:12/34@${HOST}`],
  ["question mark", `postgres://u:pa?ss@${HOST}`],
  ["per cent sign", `postgres://u:100%@${HOST}`],
  ["at sign and hash", `postgres://u:p@ss#w@${HOST}`],
])("a password with a %s that spoils the URL is told so, and not shown", (_what, url) => {
  expect(() => readDatabaseUrl(url)).toThrow(/^DATABASE_URL cannot be read: .* # as %23/);
  expect(() => readDatabaseUrl(url)).not.toThrow(/pa.ss/);
});

test.each([
  [`postgres://u:p%23%2F%3F%40%25@${HOST}`],
  [`postgres://u:p@ss@${HOST}`],
  [`postgres://${HOST}?user=u@tenant&password=x`],
])("%s is taken as it is", (url) => {
  expect(readDatabaseUrl(url)).toContain("db.example");
});

test.each([
  ["mysql://u:p@host/x", 'begins with "mysql:"'],
  ["host=db dbname=x", "is not a URL"],
  ["db.example:5432/x", "DATABASE_URL"],
])("%s is refused: %s", (url, words) => {
  expect(() => databaseKind(url)).toThrow(words);
});

test.each([
  ["sslmode=require", /uselibpqcompat=true/],
  ["sslmode=allow", /sslmode=prefer&uselibpqcompat=true/],
  ["sslmode=require&sslrootcert=%2Fca.pem", /uselibpqcompat=true/],
  ["sslmode=verify-full", /sslmode=verify-full$/],
  ["sslmode=verify-full&sslrootcert=system", /sslmode=verify-full$/],
  ["sslmode=no-verify", /sslmode=no-verify$/],
  ["sslmode=disable", /sslmode=disable$/],
])("%s means what it means to Postgres' own client", (query, given) => {
  expect(readDatabaseUrl(`postgres://u:p@${HOST}?${query}`)).toMatch(given);
});

test.each([
  ["ENOTFOUND", "getaddrinfo ENOTFOUND", /host "db.example", which no name server knows/],
  ["ECONNREFUSED", "connect ECONNREFUSED", /Nothing answers as Postgres at db.example:5432/],
  ["", "timeout expired", /Nothing answers as Postgres/],
  ["28P01", "password authentication failed", /refuses the password of user "u".*# %23/],
  ["28000", "no pg_hba.conf entry, no encryption", /add \?sslmode=require/],
  ["3D000", 'database "shop" does not exist', /no database "shop".*createdb shop/],
  ["42501", "permission denied for database", /may not make tables in "shop"/],
  ["", "The server does not support SSL connections", /take sslmode out/],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate", /sslrootcert=\/path\/ca.pem/],
  ["XX000", "strange", /^DATABASE_URL: strange$/],
])("a first connection that fails with %s (%s) is explained", (code, message, sentence) => {
  const error = Object.assign(new Error(message), { code });
  const { message: said } = explainConnectFault({ error, url: `postgres://u:secret@${HOST}` });
  expect(said).toMatch(sentence);
  expect(said).toMatch(/DATABASE_URL/);
  expect(said).not.toMatch(/secret/);
});

test("the event that Neon's driver fails with, and the errors of all addresses of a name, are read", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const url = `postgres://u:p@${HOST}`;
  for (const error of [{ type: "error", error: refused }, new AggregateError([refused])]) {
    expect(explainConnectFault({ error, url }).message).toMatch(/Nothing answers as Postgres/);
  }
});
