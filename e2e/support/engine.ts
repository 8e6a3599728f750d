import { makeDatabase } from "./database";
import { freePort } from "./free-port";
import { type Product, startProduct } from "./product";

export type EngineName = "embedded" | "inngest";

/** The engines at hand: the embedded one always, a real Inngest server where INNGEST_TEST_URL names one. */
export const ENGINES: EngineName[] = process.env.INNGEST_TEST_URL ? ["embedded", "inngest"] : ["embedded"];

export type EngineProduct = Product & {
  /** `kill -9` and a start on the same data and port. */
  restart: () => Promise<void>;
  remove: () => Promise<void>;
};

type Options = { engine: EngineName; database?: { dataDir: string; env: Record<string, string> } };

/** The production build with its deliveries run by `engine`; on PGlite unless told otherwise. */
export async function startOnEngine({ engine, database }: Options): Promise<EngineProduct> {
  const own = database ? null : await makeDatabase("PGlite");
  const { dataDir, env } = database ?? own ?? { dataDir: "", env: {} };
  const port = await freePort();
  const start = async () => {
    const product = await startProduct({ dataDir, port, env: { ...env, ...settingsOf(engine) } });
    if (engine === "inngest") await register(product);
    return product;
  };
  let current = await start();
  return {
    ...current,
    output: () => current.output(),
    restart: async () => {
      await current.kill();
      current = await start();
    },
    remove: async () => {
      await current.kill();
      await own?.remove();
    },
  };
}

function settingsOf(engine: EngineName): Record<string, string> {
  return engine === "inngest" ? { INNGEST_DEV: process.env.INNGEST_TEST_URL ?? "" } : {};
}

/** Tells the Inngest server where the functions are, as a deployment does. */
export async function register(product: { url: string }): Promise<void> {
  const answer = await fetch(`${product.url}/api/inngest`, { method: "PUT" });
  if (!answer.ok) throw new Error(`The functions could not be registered: ${await answer.text()}`);
}
