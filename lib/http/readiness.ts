import { pingDatabase } from "@/db/client";
import { jsonAnswer } from "@/lib/http/answers";
import { logger } from "@/lib/logger";

/** 200 when the database answers, else 503: for whoever decides if this process gets requests. Never throws. */
export async function readinessAnswer(): Promise<Response> {
  try {
    await pingDatabase();
    return jsonAnswer({ status: "ready", database: "ok" });
  } catch (error) {
    logger.warn({ err: error }, "not ready: the database does not answer");
    return jsonAnswer({ status: "not_ready", database: "away" }, { status: 503 });
  }
}
