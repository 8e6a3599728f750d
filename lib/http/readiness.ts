import { pingDatabase } from "@/db/client";
import { jsonAnswer } from "@/lib/http/answers";
import { logger } from "@/lib/logger";

/** Whether what runs the deliveries can be used, and what is wrong with it, in a sentence. */
export type EngineState = { isReady: boolean; fault: string | null };

let asking: Promise<void> | undefined;

/** However many want to know, the database is asked once at a time. */
function askDatabase(): Promise<void> {
  asking ??= pingDatabase().finally(() => {
    asking = undefined;
  });
  return asking;
}

/**
 * 200 when the database answers and the engine is ready, else 503: for whoever decides if this process gets requests.
 * Names what is missing. Never throws.
 */
export async function readinessAnswer(engine: EngineState): Promise<Response> {
  const inngest = engine.fault === null ? {} : { inngest: engine.fault };
  try {
    await askDatabase();
  } catch (error) {
    logger.warn({ err: error }, "not ready: the database does not answer");
    return jsonAnswer({ status: "not_ready", database: "away", ...inngest }, { status: 503 });
  }
  if (!engine.isReady)
    return jsonAnswer({ status: "not_ready", database: "ok", ...inngest }, { status: 503 });
  return jsonAnswer({ status: "ready", database: "ok", ...inngest });
}
