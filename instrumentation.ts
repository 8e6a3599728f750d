/** Runs once per server start, before the first request (Next.js). */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startProduct } = await import("@/inngest/start-product");
  await startProduct();
}
