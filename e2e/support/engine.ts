import { makeDatabase } from "./database";
import { freePort } from "./free-port";
import { startProduct } from "./product";

export type EngineName = "embedded" | "inngest";

/** The engines at hand: the embedded one always, a real Inngest server where INNGEST_TEST_URL names one. */
export const ENGINES: EngineName[] = process.env.INNGEST_TEST_URL ? ["embedded", "inngest"] : ["embedded"];

export type EngineProduct = {
  url: string;
  /** `kill -9` and a start on the same data and port, under the other engine if one is named. */
  restart: (as?: EngineName | "inngest-away") => Promise<void>;
  remove: () => Promise<void>;
};

type Options = {
  engine: EngineName;
  database?: { dataDir: string; env: Record<string, string> };
  /** Whether Inngest is told of the functions at the start. */
  isRegistered?: boolean;
};

/** The production build with its deliveries run by `engine`; on PGlite unless told otherwise. */
export async function startOnEngine({
  engine,
  database,
  isRegistered = true,
}: Options): Promise<EngineProduct> {
  // A database that was given is its giver's to remove.
  const { dataDir, env, remove } = database
    ? { ...database, remove: async () => {} }
    : await makeDatabase("PGlite");
  const port = await freePort();
  const start = async (as: EngineName | "inngest-away") => {
    const product = await startProduct({ dataDir, port, env: { ...env, ...settingsOf(as) } });
    if (as === "inngest" && isRegistered) await register(product);
    return product;
  };
  let current = await start(engine);
  return {
    url: current.url,
    restart: async (as = engine) => {
      await current.kill();
      current = await start(as);
    },
    remove: async () => {
      await current.kill();
      await remove();
    },
  };
}

// Nothing listens on port 9 of loopback.
function settingsOf(engine: EngineName | "inngest-away"): Record<string, string> {
  if (engine === "inngest-away") return { INNGEST_DEV: "http://127.0.0.1:9" };
  return engine === "inngest" ? { INNGEST_DEV: process.env.INNGEST_TEST_URL ?? "" } : {};
}

/** Tells the Inngest server where the functions are, as a deployment does. */
export async function register(product: { url: string }): Promise<void> {
  const answer = await fetch(`${product.url}/api/inngest`, { method: "PUT" });
  if (!answer.ok) throw new Error(`The functions could not be registered: ${await answer.text()}`);
}
