import type { Database } from "@/db/client";
import { type EmbeddedEngine, startEmbeddedEngine } from "./embedded/engine";

// Instrumentation and route handlers have module instances of their own; the one engine lives on globalThis.
const holder = globalThis as { __iikoWebhooksEngine?: EmbeddedEngine | undefined };

export function startEngine(database: Database): void {
  holder.__iikoWebhooksEngine ??= startEmbeddedEngine(database);
}

/** The embedded engine. Throws before the start has finished. */
export function embeddedEngine(): EmbeddedEngine {
  if (!holder.__iikoWebhooksEngine) throw new Error("The embedded engine is not running.");
  return holder.__iikoWebhooksEngine;
}

export async function stopEngine(): Promise<void> {
  const engine = holder.__iikoWebhooksEngine;
  holder.__iikoWebhooksEngine = undefined;
  await engine?.stop();
}
