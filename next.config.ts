import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const nextConfig: NextConfig = {
  // Tests build beside a running development server.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  output: process.env.NEXT_OUTPUT === "standalone" ? "standalone" : undefined,
  // Read from disk at start, so the tracer cannot see them.
  outputFileTracingIncludes: {
    "/**": [
      "./db/migrations/**",
      "./db/pglite/worker.mjs",
      "./node_modules/@electric-sql/pglite/{package.json,dist/**/*.{js,cjs,wasm,data}}",
      "./scripts/{start,build,reencrypt-secrets}.mjs",
    ],
  },
  serverExternalPackages: ["@electric-sql/pglite", "pg", "@node-rs/argon2", "pino", "undici"],
  poweredByHeader: false,
  reactStrictMode: true,
};

export default createNextIntlPlugin("./lib/i18n/request.ts")(nextConfig);
