import type { StoredRefusal } from "@/db/stored-refusal";

/** The refusal with each text among its parameters changed: made storable, redacted or masked. */
export function mapRefusal<One extends StoredRefusal>(refusal: One, change: (text: string) => string): One {
  const { code, ...params } = refusal;
  const changed = Object.entries(params).map(([name, param]) => {
    if (typeof param === "string") return [name, change(param)];
    return [name, typeof param === "object" ? mapRefusal(param, change) : param];
  });
  return { code, ...Object.fromEntries(changed) };
}
