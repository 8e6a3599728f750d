import { processWide } from "@/db/process-wide";
import { cleanText, describeError } from "./describe-error";

const METHODS = ["debug", "error", "info", "log", "trace", "warn"] as const;
const MAX_DEPTH = 4;

/** Keeps an order's data and secrets out of what Next, next-auth and Inngest print by themselves: errors, above all. */
export function quietConsole(): void {
  processWide("quiet-console", () => {
    for (const method of METHODS) {
      const print = console[method].bind(console);
      console[method] = (...given: unknown[]) => print(...given.map((one) => clean(one)));
    }
    return true;
  });
}

function clean(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return cleanText(value);
  if (value instanceof Error) return depth === 0 ? readable(value) : describeError(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH) return "…";
  if (Array.isArray(value)) return value.map((one) => clean(one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, clean(one, depth + 1)]));
}

function readable(error: Error): string {
  const lines: string[] = [];
  for (let one = [describeError(error)]; one[0]; one = one[0].cause ? [one[0].cause] : []) {
    const { type, code, message, stack } = one[0];
    lines.push(
      `${lines.length > 0 ? "caused by " : ""}${type}${code ? ` ${code}` : ""}: ${message}`,
      stack ?? "",
    );
  }
  return lines.filter(Boolean).join("\n");
}
