/** Runs once per server start, before the first request (Next.js). */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  // Empty means «not set» in .env and compose files; next-auth takes it for an address and no page renders.
  if (!process.env.NEXTAUTH_URL) delete process.env.NEXTAUTH_URL;
  const { startProduct } = await import("@/inngest/start-product");
  await startProduct();
}
