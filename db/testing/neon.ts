import { neonConfig } from "@neondatabase/serverless";

/**
 * Vitest loads this before each test file where TEST_NEON_PROXY names a proxy (scripts/test/neon-proxy.ts): Neon's
 * driver then reaches the test server over WebSocket, as it reaches Neon, without TLS.
 */
neonConfig.wsProxy = () => process.env.TEST_NEON_PROXY ?? "";
neonConfig.useSecureWebSocket = false;
neonConfig.pipelineTLS = false;
// Pipelining skips a round trip on the assumption that the server asks for a password in clear, as Neon's proxy does.
neonConfig.pipelineConnect = false;
