import pino from "pino";

const REDACTED = [
  "*.authToken",
  "*.authPassword",
  "*.signingSecret",
  "*.password",
  "*.token",
  "*.authorization",
];

/** Structured logs on stdout; never pass a secret, a header object or a body to it. */
export const logger = pino({
  level: process.env.LOG_LEVEL ?? (process.env.VITEST ? "silent" : "info"),
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: REDACTED, censor: "***" },
});
