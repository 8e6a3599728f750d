import { expect, test } from "vitest";
import { qrPath } from "./qr-path";
import { totpUri } from "./totp";

const URI = totpUri({
  secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
  email: "anna@example.com",
  issuer: "iiko webhooks",
});

/** The modules that a path of unit-high boxes fills, row by row. */
function drawn({ size, path }: { size: number; path: string }): boolean[][] {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = Number(x); at < Number(x) + Number(length); at += 1) rows[Number(y)]?.splice(at, 1, true);
  }
  return rows;
}

test("a QR code has its three finders, quiet all around and a whole number of modules", () => {
  const code = qrPath(URI);
  const rows = drawn(code);
  expect((code.size - 8 - 17) % 4).toBe(0);
  const finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"];
  const at = (left: number, top: number) =>
    rows.slice(top, top + 7).map((row) =>
      row
        .slice(left, left + 7)
        .map(Number)
        .join(""),
    );
  const far = code.size - 4 - 7;
  expect([at(4, 4), at(far, 4), at(4, far)]).toEqual([finder, finder, finder]);
  for (const row of [...rows.slice(0, 4), ...rows.slice(-4)]) expect(row).not.toContain(true);
  for (const row of rows) expect([...row.slice(0, 4), ...row.slice(-4)]).not.toContain(true);
});

test("another secret makes another code, the same one the same", () => {
  expect(qrPath(URI)).toEqual(qrPath(URI));
  expect(qrPath(URI).path).not.toBe(qrPath(URI.replace("JBSW", "KBSW")).path);
});
