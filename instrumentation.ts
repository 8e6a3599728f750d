import type { Instrumentation } from "next";

/** Runs once per server start, before the first request (Next.js). */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  // Empty means «not set» in .env and compose files; next-auth takes it for an address and no page renders.
  if (!process.env.NEXTAUTH_URL) delete process.env.NEXTAUTH_URL;
  const { quietConsole } = await import("@/lib/quiet-console");
  quietConsole();
  const { startProduct } = await import("@/inngest/start-product");
  await startProduct();
  const { processWide } = await import("@/db/process-wide");
  const { answerDirectly } = await import("@/app/direct-answers");
  const { visitorOf } = await import("@/lib/auth/visitors");
  // Asked by scripts/start.mjs before Next is.
  processWide("direct", () => answerDirectly);
  processWide("visitor-of", () => visitorOf);
}

/** A page or route that threw: the error page shows the digest by which it is found in the log. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logger } = await import("@/lib/logger");
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  // Not the path: the intake's holds the event key.
  logger.error({ err: error, digest, method: request.method, route: context.routePath }, "a page failed");
};
