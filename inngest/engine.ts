import type { Database } from "@/db/client";
import { processWide } from "@/db/process-wide";
import { type EmbeddedEngine, startEmbeddedEngine } from "./embedded/engine";

const holder = processWide<{ engine?: EmbeddedEngine | undefined }>("engine", () => ({}));

export function startEngine(database: Database): void {
  holder.engine ??= startEmbeddedEngine(database);
}

/** The embedded engine. Throws before the start has finished. */
export function embeddedEngine(): EmbeddedEngine {
  if (!holder.engine) throw new Error("The embedded engine is not running.");
  return holder.engine;
}

export async function stopEngine(): Promise<void> {
  const engine = holder.engine;
  holder.engine = undefined;
  await engine?.stop();
}
