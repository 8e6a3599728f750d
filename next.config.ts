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
      "./db/pglite/{create,worker}.mjs",
      "./node_modules/@electric-sql/pglite/{package.json,dist/**/*.{js,cjs,wasm,data}}",
      "./scripts/{start,build,reencrypt-secrets}.mjs",
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
  headers: async () => [{ source: "/:path*", headers: SECURITY_HEADERS }],
};

// For every answer; the policy with a nonce, which only pages need, is made in proxy.ts.
const SECURITY_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
  // Browsers heed it over https only.
  { key: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains" },
];

export default createNextIntlPlugin("./lib/i18n/request.ts")(nextConfig);
