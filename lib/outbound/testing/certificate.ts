import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";

/** PEM, as `https.createServer` and the `ca` option take them. */
export type Certificate = { key: string; cert: string };

/**
 * An X.509 certificate for the given DNS names and IPv4 addresses, made on the spot with no tool but Node.
 * Signed by `issuer` (from `makeAuthority`), or by itself; by default it was valid yesterday and will be for a year.
 */
export function makeCertificate({
  names,
  issuer,
  notBefore = new Date(Date.now() - 86_400_000),
  notAfter = new Date(Date.now() + 365 * 86_400_000),
}: {
  names: string[];
  issuer?: Certificate;
  notBefore?: Date;
  notAfter?: Date;
}): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const subject = distinguishedName(names[0] ?? AUTHORITY_NAME);
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    issuer ? distinguishedName(AUTHORITY_NAME) : subject,
    sequence(time(notBefore), time(notAfter)),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(names.length === 0 ? basicConstraintsCa() : subjectAltNames(names))),
  );
  const signature = sign("sha256", body, createPrivateKey(issuer?.key ?? key));
  const der = sequence(body, ECDSA_WITH_SHA256, tagged(0x03, Buffer.from([0]), signature));
  return { key, cert: toPem(der) };
}

/** A certificate authority that tests can trust through the `ca` option. */
export function makeAuthority(): Certificate {
  return makeCertificate({ names: [] });
}

const AUTHORITY_NAME = "Test authority";
const ECDSA_WITH_SHA256 = sequence(objectId("2a8648ce3d040302"));

function distinguishedName(commonName: string): Buffer {
  return sequence(tagged(0x31, sequence(objectId("550403"), tagged(0x0c, Buffer.from(commonName)))));
}

function subjectAltNames(names: string[]): Buffer {
  const entries = names.map((name) =>
    isIP(name) === 4
      ? tagged(0x87, Buffer.from(name.split(".").map(Number)))
      : tagged(0x82, Buffer.from(name)),
  );
  return sequence(objectId("551d11"), tagged(0x04, sequence(...entries)));
}

function basicConstraintsCa(): Buffer {
  const isCritical = tagged(0x01, Buffer.from([0xff]));
  return sequence(objectId("551d13"), isCritical, tagged(0x04, sequence(tagged(0x01, Buffer.from([0xff])))));
}

/** GeneralizedTime, YYYYMMDDHHMMSSZ. */
function time(date: Date): Buffer {
  return tagged(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`));
}

function objectId(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, "hex"));
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

function length(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size]);
  if (size < 0x100) return Buffer.from([0x81, size]);
  return Buffer.from([0x82, size >> 8, size & 0xff]);
}

function toPem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
