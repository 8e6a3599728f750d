import { createHmac, randomBytes } from "node:crypto";

const STEP_SECONDS = 30;
const DIGITS = 6;
// A phone's clock may be off by a step to either side (RFC 6238, 5.2).
const DRIFT_STEPS = [0, -1, 1];
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A new secret: 160 bits, as RFC 4226 recommends, in base32, the way authenticator apps take it. */
export function makeTotpSecret(): string {
  return toBase32(randomBytes(20));
}

/** The time step whose code this is, by the clock of `nowMs` and one step to either side; null when of none. */
export function totpStepOf({
  secret,
  code,
  nowMs = Date.now(),
}: {
  secret: string;
  code: string;
  nowMs?: number;
}): number | null {
  const now = Math.floor(nowMs / 1000 / STEP_SECONDS);
  const drift = DRIFT_STEPS.find((steps) => hotp({ secret, counter: now + steps }) === code);
  return drift === undefined ? null : now + drift;
}

/** The code of one time step (RFC 4226 with SHA-1 and six digits, what every authenticator app knows). */
export function hotp({ secret, counter }: { secret: string; counter: number }): string {
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac("sha1", fromBase32(secret)).update(moving).digest();
  const at = mac.readUInt8(mac.length - 1) & 0xf;
  const number = (mac.readUInt32BE(at) & 0x7fffffff) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, "0");
}

/** What an authenticator app reads out of a QR code (Google Authenticator's «Key URI Format»). */
export function totpUri({
  secret,
  email,
  issuer,
}: {
  secret: string;
  email: string;
  issuer: string;
}): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}

/** RFC 4648 without padding. */
export function toBase32(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => ALPHABET[Number.parseInt(five.padEnd(5, "0"), 2)])
    .join("");
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
