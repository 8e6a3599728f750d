import type { DatabaseKind } from "./database";
import { NewerDatabaseError } from "./migrate";

const FORM = "postgres://user:password@host:5432/database";

/**
 * The driver for a DATABASE_URL; unset means the embedded database. Throws a sentence, without the password, when it
 * cannot be read.
 */
export function databaseKind(databaseUrl: string | undefined): DatabaseKind {
  if (!databaseUrl) return "pglite";
  return /\.neon\.(tech|build)$/.test(parseUrl(databaseUrl).hostname) ? "neon" : "postgres";
}

/**
 * DATABASE_URL as node-postgres has to be given it so that `sslmode` means what it means to Postgres' own client
 * (libpq, «SSL Support»): `require` and `prefer` encrypt and trust any certificate; only `verify-ca` and `verify-full` look at it.
 */
export function readDatabaseUrl(databaseUrl: string): string {
  const url = parseUrl(databaseUrl);
  const parameters = url.searchParams;
  // libpq's name for the authorities that the system trusts, which are node-postgres' default.
  if (parameters.get("sslrootcert") === "system") {
    parameters.delete("sslrootcert");
    parameters.set("sslmode", "verify-full");
  }
  if (parameters.get("sslmode") === "allow") parameters.set("sslmode", "prefer");
  const isLibpqs =
    /^(require|prefer)$/.test(parameters.get("sslmode") ?? "") || parameters.has("sslrootcert");
  if (!isLibpqs || parameters.has("uselibpqcompat")) return parameters.size > 0 ? url.href : databaseUrl;
  parameters.set("uselibpqcompat", "true");
  return url.href;
}

function parseUrl(text: string): URL {
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(text)?.[0].toLowerCase();
  if (scheme !== "postgres" && scheme !== "postgresql") {
    const given = scheme ? `begins with "${scheme}:"` : "is not a URL";
    throw new Error(`DATABASE_URL ${given}; it must read ${FORM}, or stay unset for the embedded database.`);
  }
  // Without a host, a socket's folder is given as the parameter `host`.
  const url = URL.canParse(text) ? new URL(text) : URL.parse?.(text.replace("@/", "@localhost/"));
  const isSpoilt = !url || misplacedAt(url) || !isDecodable(url.password);
  if (!isSpoilt) return url;
  throw new Error(
    "DATABASE_URL cannot be read: its user name or password holds a character that a URL gives another meaning. " +
      `Write % as %25, # as %23, / as %2F, ? as %3F, @ as %40 and : as %3A there. The form is ${FORM}.`,
  );
}

// What belongs to the password has become a part of the path or the fragment.
function misplacedAt({ username, pathname, hash, href }: URL): boolean {
  const beforeQuery = href.split("?")[0] ?? "";
  return hash.includes("@") || pathname.includes("@") || (username === "" && beforeQuery.includes("@"));
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

type Place = { host: string; at: string; user: string; database: string };
type Fault = { code: string; message: string };

const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/;

/** What went wrong with the first connection as a sentence that names DATABASE_URL and the way out; `cause` has the rest. */
export function explainConnectFault({ error, url }: { error: unknown; url: string }): Error {
  if (error instanceof NewerDatabaseError) return error;
  const fault = faultOf(error);
  const sentence = sentenceFor({ fault, place: placeOf(url) });
  return sentence ? new Error(sentence) : new Error(`DATABASE_URL: ${fault.message}`, { cause: error });
}

function sentenceFor({ fault, place }: { fault: Fault; place: Place }): string | null {
  const { code, message } = fault;
  const { host, at, user, database } = place;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN")
    return `DATABASE_URL names the host "${host}", which no name server knows (${code}): check its spelling, and that this machine has a network.`;
  if (code === "ENOENT") return `DATABASE_URL leads to a socket that is not there: ${message}.`;
  if (/^E[A-Z]+$/.test(code) || /timeout|terminated/i.test(message))
    return `Nothing answers as Postgres at ${at}, which DATABASE_URL names (${code || message}): check host and port, that the server runs, and that no firewall is in between.`;
  if (code === "28P01" || /password must be a string|SASL/i.test(message))
    return `The server at ${at} refuses the password of user "${user}" in DATABASE_URL: check both. In the URL, % must read %25, # %23, / %2F, ? %3F, @ %40 and : %3A.`;
  if (code === "28000" && /no encryption/i.test(message))
    return `The server at ${at} takes encrypted connections only: add ?sslmode=require to DATABASE_URL.`;
  if (code === "28000")
    return `The server at ${at} does not let user "${user}" of DATABASE_URL in: ${message}.`;
  if (code === "3D000")
    return `The server at ${at} has no database "${database}": correct DATABASE_URL, or make it with: createdb ${database}`;
  if (code === "42501")
    return `User "${user}" of DATABASE_URL may not make tables in "${database}" (${message}): make it the database's owner.`;
  if (/does not support SSL/i.test(message))
    return `The server at ${at} does not encrypt: take sslmode out of DATABASE_URL.`;
  if (UNTRUSTED.test(code))
    return `The certificate of the server at ${at} is not trusted (${message}): name its authority with &sslrootcert=/path/ca.pem in DATABASE_URL, or with sslmode=require encrypt without checking whom with.`;
  return null;
}

function placeOf(text: string): Place {
  const url = parseUrl(text);
  const host = url.searchParams.get("host") || url.hostname;
  const user = decodeURIComponent(url.username);
  return { host, at: `${host}:${url.port || 5432}`, user, database: url.pathname.slice(1) || user };
}

/** Neon's driver fails with an event of its WebSocket, Node with all of a name's addresses at once. */
function faultOf(error: unknown): Fault {
  const given = error as { code?: unknown; message?: unknown; error?: unknown; errors?: unknown[] };
  const inner = given.errors?.[0] ?? (error instanceof Error ? undefined : given.error);
  if (inner) return faultOf(inner);
  return {
    code: typeof given.code === "string" ? given.code : "",
    message: typeof given.message === "string" && given.message ? given.message : "the connection failed",
  };
}
