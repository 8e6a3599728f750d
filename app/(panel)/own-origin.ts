import { headers } from "next/headers";
import { isHttps } from "@/lib/auth/origin";
import { env } from "@/lib/env";

/** The address that the reader uses, so that the examples can be copied as they stand. */
export async function ownOrigin(): Promise<string> {
  const configured = env().APP_URL;
  if (configured) return new URL(configured).origin;
  const given = await headers();
  return `${isHttps(given) ? "https" : "http"}://${given.get("host") ?? "localhost:3000"}`;
}
