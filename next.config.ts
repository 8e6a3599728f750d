import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";
import { SECURITY_HEADERS } from "./lib/http/security-headers";

const nextConfig: NextConfig = {
  // Tests build beside a running development server.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  output: process.env.NEXT_OUTPUT === "standalone" ? "standalone" : undefined,
  // Read from disk at start, so the tracer cannot see them.
  outputFileTracingIncludes: {
    "/**": [
      "./db/migrations/**",
      "./db/pglite/{create,worker}.mjs",
      "./node_modules/@electric-sql/pglite/{package.json,dist/**/*.{js,cjs,wasm,data}}",
      "./scripts/{start,build,reencrypt-secrets}.mjs",
      "./scripts/edge/*.mjs",
    ],
  },
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@neondatabase/serverless",
    "@node-rs/argon2",
    "pg",
    "pino",
    "undici",
    "ws",
  ],
  poweredByHeader: false,
  reactStrictMode: true,
  // No page shows a picture that would need it, and strangers could have it compute.
  images: { unoptimized: true },
  headers: async () => [{ source: "/:path*", headers: SECURITY_HEADERS }],
};

export default createNextIntlPlugin("./lib/i18n/request.ts")(nextConfig);
