// Loaded before the product (`node --import`): Neon's driver then reaches the proxy that TEST_NEON_PROXY names
// (scripts/test/neon-proxy.ts), as it reaches Neon, without TLS. Plain JavaScript, as the product's process has no
// compiler; for both forms of the package, since a bundler chooses which one it loads.
import { createRequire } from "node:module";
import { neonConfig } from "@neondatabase/serverless";

const required = createRequire(import.meta.url)("@neondatabase/serverless");

for (const config of [neonConfig, required.neonConfig]) {
  config.wsProxy = () => process.env.TEST_NEON_PROXY ?? "";
  config.useSecureWebSocket = false;
  config.pipelineTLS = false;
  // Pipelining assumes that the server asks for a password in clear, as Neon's does.
  config.pipelineConnect = false;
}
