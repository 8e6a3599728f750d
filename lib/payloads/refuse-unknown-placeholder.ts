import { type Refusal, refuse } from "@/lib/refusals/refuse";
import { slipsBetween } from "@/lib/slips-between";
import { shortened } from "@/lib/text";
import { PLACEHOLDERS } from "./placeholders";

const SUGGESTIONS = 3;
const SHOWN_CHARS = 60;

/** Names a placeholder nobody knows and the nearest known ones, `extra` among them, or all when none is near. */
export function refuseUnknownPlaceholder({ name, extra = [] }: { name: string; extra?: string[] }): Refusal {
  const names = [...extra, ...PLACEHOLDERS.map((known) => known.name)];
  const shown = `{{${shortened({ text: name, max: SHOWN_CHARS })}}}`;
  const near = nearestPlaceholders({ written: name.slice(0, SHOWN_CHARS), names });
  if (near.length > 0) return refuse("placeholder_near", { name: shown, known: listOf(near) });
  return refuse("placeholder_unknown", { name: shown, known: listOf(names) });
}

/** Near is a small slip of the pen, or a name that holds what was written: `order.phone`, `customer.name`. */
function nearestPlaceholders({ written, names }: { written: string; names: string[] }): string[] {
  const name = written.toLowerCase();
  const lastPart = name.slice(name.lastIndexOf(".") + 1);
  return names
    .map((known) => ({ known, slips: slipsBetween({ name, known }) }))
    .filter(({ known, slips }) => {
      return slips <= Math.max(2, name.length * 0.4) || (lastPart.length >= 4 && known.includes(lastPart));
    })
    .sort((a, b) => a.slips - b.slips)
    .slice(0, SUGGESTIONS)
    .map(({ known }) => known);
}

function listOf(names: string[]): string {
  return names.map((name) => `{{${name}}}`).join(", ");
}
