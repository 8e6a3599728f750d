import { nearestNames } from "@/lib/nearest-names";
import { type Refusal, refuse } from "@/lib/refusals/refuse";
import { shortened } from "@/lib/text";
import { PLACEHOLDERS } from "./placeholders";

const SUGGESTIONS = 3;
const SHOWN_CHARS = 60;

/** Names a placeholder nobody knows and the nearest known ones, `extra` among them, or all when none is near. */
export function refuseUnknownPlaceholder({ name, extra = [] }: { name: string; extra?: string[] }): Refusal {
  const names = [...extra, ...PLACEHOLDERS.map((known) => known.name)];
  const shown = `{{${shortened({ text: name, max: SHOWN_CHARS })}}}`;
  const near = nearestNames({ name, known: names, isPart }).slice(0, SUGGESTIONS);
  if (near.length > 0) return refuse("placeholder_near", { name: shown, known: listOf(near) });
  return refuse("placeholder_unknown", { name: shown, known: listOf(names) });
}

// `order.phone` means order.customer_phone, `customer.name` order.customer_name.
function isPart(written: string, candidate: string): boolean {
  const lastPart = written.slice(written.lastIndexOf(".") + 1);
  return lastPart.length >= 4 && candidate.includes(lastPart);
}

function listOf(names: string[]): string {
  return names.map((name) => `{{${name}}}`).join(", ");
}
