import pino from "pino";
import { describeError } from "./describe-error";

const REDACTED = [
  "*.authToken",
  "*.authPassword",
  "*.signingSecret",
  "*.password",
  "*.token",
  "*.authorization",
];

/** Structured logs on stdout, errors without the data they came of; never pass a secret, headers or a body to it. */
export const logger = pino({
  level: process.env.LOG_LEVEL ?? (process.env.VITEST ? "silent" : "info"),
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: (error: unknown) => describeError(error) },
  redact: { paths: REDACTED, censor: "***" },
});
