import { type FilterImplOptions, filters as ofLiquid } from "liquidjs";
import { formatRoubles, MAX_KOPECKS } from "@/lib/orders/money";
import { readTime } from "@/lib/orders/time";
import { jsonNumber, toJsonText } from "./json-text";
import { writtenTimes } from "./template-scope";

/** Those that need no file, no clock and no pattern. */
const FROM_LIQUID = [
  ...["abs", "ceil", "divided_by", "floor", "minus", "modulo", "plus", "round", "times"],
  ...[
    "append",
    "capitalize",
    "downcase",
    "escape",
    "lstrip",
    "prepend",
    "remove",
    "replace",
    "replace_first",
  ],
  ...["rstrip", "slice", "split", "strip", "strip_newlines", "truncate", "upcase", "url_encode"],
  ...["compact", "concat", "first", "join", "last", "map", "reverse", "size", "sort", "sum", "uniq", "where"],
  "default",
];

type Handler = Extract<FilterImplOptions, (...args: never[]) => unknown>;

const handlers: Record<string, Handler> = {
  ...Object.fromEntries(FROM_LIQUID.map((name) => [name, handlerOf(name)])),
  json: (value) => toJsonText(value),
  roubles: (kopecks) => roubles(kopecks),
  local(value, format) {
    return local({ value: writtenTimes(this.context.environments).get(value) ?? value, format });
  },
};

/** The filters a template may use; each call counts as a step of its rendering. */
export const filters: Record<string, Handler> = Object.fromEntries(
  Object.entries(handlers).map(([name, handler]) => [name, counted(handler)]),
);

function counted(handler: Handler): Handler {
  return function (value, ...args) {
    this.context.renderLimit.check(0);
    return handler.call(this, value, ...args);
  };
}

function handlerOf(name: string): Handler {
  const filter = ofLiquid[name];
  if (filter === undefined) throw new Error(`liquidjs has no filter ${name}.`);
  return (typeof filter === "function" ? filter : filter.handler) as Handler;
}

// 152050 → 1520.50, a number in JSON; nothing for what is no sum.
function roubles(kopecks: unknown) {
  const sum = typeof kopecks === "string" && kopecks.trim() !== "" ? Number(kopecks) : kopecks;
  if (typeof sum !== "number" || !(Math.abs(sum) <= MAX_KOPECKS)) return null;
  return jsonNumber(formatRoubles(sum));
}

// The clock of the place: a time in a payload is in UTC, so it is looked up how it came.
function local({ value, format = "dd.MM.yyyy HH:mm" }: { value: unknown; format?: unknown }): string | null {
  const time = readTime(value);
  if (time === null) return null;
  const [year = "", month = "", day = ""] = time.date.split("-");
  const [hours = "", minutes = "", seconds = ""] = time.clock.split(":");
  const parts: Record<string, string> = {
    ...{ yyyy: year, YYYY: year, yy: year.slice(2), YY: year.slice(2), MM: month, dd: day, DD: day },
    ...{ HH: hours, mm: minutes, ss: seconds },
  };
  return String(format).replace(/yyyy|YYYY|yy|YY|MM|dd|DD|HH|mm|ss/g, (part) => parts[part] ?? part);
}
