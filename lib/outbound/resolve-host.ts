import dns, { type LookupAddress } from "node:dns";
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import path from "node:path";

/** How long the DNS is asked for a name at most; the system's own resolver would be at it for half a minute. */
const LIMIT_MS = 10_000;
const FIRST_TRY_MS = 2_000;
const TRIES = 3;

/** When one family has its addresses, the other is not waited for much longer (some DNS servers never answer AAAA). */
const OTHER_FAMILY_MS = 250;

const HOSTS_FILE =
  process.platform === "win32"
    ? path.join(process.env.SystemRoot ?? "C:\\Windows", "System32\\drivers\\etc\\hosts")
    : "/etc/hosts";

/** Another DNS server, hosts file or limit than the system's own and LIMIT_MS. */
export type ResolveOptions = { servers?: string[]; hostsFile?: string; limitMs?: number };

/**
 * Every address of a host name: from the hosts file, else from the DNS over sockets of its own, else (mDNS, search
 * domains, whatever else the system knows) from `dns.lookup`, which alone takes one of Node's few threads. A DNS
 * that does not answer takes none. Rejects with an Error that has a `code`, after 10 s at the latest.
 */
export async function resolveHost(
  hostname: string,
  { servers, hostsFile = HOSTS_FILE, limitMs = LIMIT_MS }: ResolveOptions = {},
): Promise<LookupAddress[]> {
  const name = hostname.toLowerCase();
  const startedAt = performance.now();
  const listed = await fromHostsFile({ name, hostsFile });
  if (listed.length > 0) return listed;
  const answer = await fromDns({ name, servers, limitMs });
  if (answer.addresses.length > 0) return answer.addresses;
  if (isSilence(answer.code)) throw dnsError({ name, code: "ETIMEOUT" });
  return fromSystem({ name, limitMs: limitMs - (performance.now() - startedAt) });
}

async function fromHostsFile(input: { name: string; hostsFile: string }): Promise<LookupAddress[]> {
  const text = await readFile(input.hostsFile, "utf8").catch(() => "");
  const listed = input.name.replace(/\.$/, "");
  if (!text.includes(listed)) return [];
  return text.split("\n").flatMap((line) => {
    const [address = "", ...names] = (line.split("#")[0] ?? "").trim().toLowerCase().split(/\s+/);
    const family = isIP(address);
    return family !== 0 && names.includes(listed) ? [{ address, family }] : [];
  });
}

type DnsAnswer = { addresses: LookupAddress[]; code: string };

/** Never rejects. IPv4 first: a server without IPv6 is common, and one without IPv4 is not. */
function fromDns(input: { name: string; servers?: string[]; limitMs: number }): Promise<DnsAnswer> {
  const resolver = new dns.Resolver({ timeout: FIRST_TRY_MS, tries: TRIES });
  if (input.servers) resolver.setServers(input.servers);
  return new Promise((resolve) => {
    const found: Record<4 | 6, LookupAddress[]> = { 4: [], 6: [] };
    let code = "";
    let open = 2;
    let timer = setTimeout(() => resolver.cancel(), input.limitMs);

    const take = (family: 4 | 6) => (error: NodeJS.ErrnoException | null, addresses: string[]) => {
      open -= 1;
      if (error) code = isSilence(code) ? code : (error.code ?? "");
      else found[family] = addresses.map((address) => ({ address, family }));
      if (open > 0 && !error) {
        clearTimeout(timer);
        timer = setTimeout(() => resolver.cancel(), Math.min(OTHER_FAMILY_MS, input.limitMs));
      }
      if (open > 0) return;
      clearTimeout(timer);
      resolve({ addresses: [...found[4], ...found[6]], code });
    };
    resolver.resolve4(input.name, take(4));
    resolver.resolve6(input.name, take(6));
  });
}

function isSilence(code: string): boolean {
  return code === "ETIMEOUT" || code === "ECANCELLED";
}

// One at a time: of Node's threads two at most look names up, and the database's is to be among them.
let systemTurn: Promise<unknown> = Promise.resolve();

function fromSystem({ name, limitMs }: { name: string; limitMs: number }): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const timer = setTimeout(() => {
      isOver = true;
      reject(dnsError({ name, code: "ETIMEOUT" }));
    }, limitMs);
    systemTurn = systemTurn.then(async () => {
      // Waited too long for its turn: nobody is interested any more.
      if (isOver) return;
      await dns.promises.lookup(name, { all: true }).then(resolve, reject);
      clearTimeout(timer);
    });
  });
}

function dnsError({ name, code }: { name: string; code: string }): Error {
  return Object.assign(new Error(`The DNS did not answer for ${name}`), { code });
}
