export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

const OF_PYTHON: Record<string, LogLevel> = { warning: "warn", critical: "fatal" };

/** The level that a text names, in any case and in Python's words too; undefined where it names none. */
export function logLevelOf(text: string): LogLevel | undefined {
  const name = text.trim().toLowerCase();
  return OF_PYTHON[name] ?? LOG_LEVELS.find((level) => level === name);
}
