import { processWide } from "@/db/process-wide";
import { env } from "@/lib/env";

/** Where this very process takes requests: an address of this machine and a port. */
export type OwnServer = { host: string; port: number };

export const INSPECTOR_PATH = "/api/inspector/";
const TOKEN = /^[\w-]{32}$/;

/**
 * Where to connect for a webhook whose URL is the product's own inspector; null for every other URL. The outbound
 * guard needs no exception for it: the URL must be one of the product's own origins, the inspector's path and a token,
 * letter for letter, and the connection goes to this process's own port, whatever the name in the URL resolves to.
 */
export function ownInspector(url: string): OwnServer | null {
  const server = listening();
  if (!server) return null;
  const isOurs = ownOrigins(server).some((origin) => {
    const start = origin + INSPECTOR_PATH;
    return url.startsWith(start) && TOKEN.test(url.slice(start.length));
  });
  return isOurs ? server : null;
}

/** The inspector's address as webhooks and integrators use it; null where neither APP_URL nor a port tells it. */
export function inspectorUrl(token: string): string | null {
  const origin = env().APP_URL ?? ownOrigins(listening())[0];
  return origin === undefined ? null : origin + INSPECTOR_PATH + token;
}

function ownOrigins(server: OwnServer | null): string[] {
  const { APP_URL } = env();
  const local = server ? [`http://localhost:${server.port}`, `http://127.0.0.1:${server.port}`] : [];
  return APP_URL === undefined ? local : [APP_URL, ...local];
}

/** Set by scripts/start.mjs. Under another server, as in development or on Vercel, there is no such port. */
function listening(): OwnServer | null {
  const bound = processWide<{ address: string; port: number } | null>("listening", () => null);
  if (!bound) return null;
  return { host: LOOPBACK[bound.address] ?? bound.address, port: bound.port };
}

/** Of a server that listens on every address. */
const LOOPBACK: Record<string, string> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
