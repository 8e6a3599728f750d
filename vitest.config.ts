import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") } },
  test: {
    include: ["{lib,db,inngest,app,components,scripts}/**/*.test.{ts,tsx}"],
    setupFiles: process.env.TEST_NEON_PROXY ? ["db/testing/reach-neon-proxy.mjs"] : [],
    // Not one less, as is the default: on two cores that would be half of them.
    maxWorkers: availableParallelism(),
    // For machines several times slower: only what hangs waits for it.
    // As in playwright.config.ts.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
