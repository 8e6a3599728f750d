import pino from "pino";
import { describeError } from "./describe-error";
import { logLevelOf } from "./log-level";

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
  // What is no level ends the start with a sentence (lib/env), which must be there to be read.
  level: logLevelOf(process.env.LOG_LEVEL ?? "") ?? (process.env.VITEST ? "silent" : "info"),
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: (error: unknown) => describeError(error) },
  redact: { paths: REDACTED, censor: "***" },
});
