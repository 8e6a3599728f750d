// Neon's driver then reaches the proxy that TEST_NEON_PROXY names (scripts/test/neon-proxy.ts), as it reaches Neon,
// without TLS. Vitest loads this before each test file where that is set, and a product's process before itself
// (`node --import`): plain JavaScript, as that has no compiler.
import { createRequire } from "node:module";
import { neonConfig } from "@neondatabase/serverless";

// A bundler chooses which of the package's two forms the product loads.
const required = createRequire(import.meta.url)("@neondatabase/serverless");

for (const config of [neonConfig, required.neonConfig]) {
  config.wsProxy = () => process.env.TEST_NEON_PROXY ?? "";
  config.useSecureWebSocket = false;
  config.pipelineTLS = false;
  // Pipelining skips a round trip on the assumption that the server asks for a password in clear, as Neon's proxy does.
  config.pipelineConnect = false;
}
