import { encode } from "uqr";

/** A QR code as an SVG path: one unit a module, the four modules of quiet around it that readers need included. */
export type QrPath = { size: number; path: string };

const QUIET_MODULES = 4;

/** The QR code of a text; M withstands a scratched screen. Throws a RangeError above some 2,300 bytes. */
export function qrPath(text: string): QrPath {
  const { size, data } = encode(text, { ecc: "M", border: QUIET_MODULES });
  const path = data
    .flatMap((row, y) => runs(row).map(({ from, length }) => `M${from} ${y}h${length}v1h-${length}z`))
    .join("");
  return { size, path };
}

function runs(row: boolean[]): { from: number; length: number }[] {
  const found: { from: number; length: number }[] = [];
  row.forEach((isDark, x) => {
    const last = found.at(-1);
    if (!isDark) return;
    if (last && last.from + last.length === x) last.length += 1;
    else found.push({ from: x, length: 1 });
  });
  return found;
}
