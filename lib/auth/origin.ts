import { env } from "@/lib/env";

/** Whether the browser speaks https to us: by APP_URL where it is set, else by the nearest proxy's word. */
export function isHttps(headers: Headers): boolean {
  const appUrl = env().APP_URL;
  if (appUrl) return appUrl.startsWith("https://");
  return headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
}

/** Lets next-auth answer at whatever host and port it was asked at; APP_URL pins it. It reads only process.env. */
export function trustOrigin(): void {
  const appUrl = env().APP_URL;
  if (appUrl) process.env.NEXTAUTH_URL = appUrl;
  else process.env.AUTH_TRUST_HOST = "true";
}

/** The path to go to after signing in: a path of this site, else the start page. */
export function safeCallbackPath(asked: string | string[] | undefined): string {
  const home = "/webhooks";
  if (typeof asked !== "string" || !asked.startsWith("/")) return home;
  // The URL parser decides what a browser would make of //host, /\host or a tab in between.
  const base = "http://site.invalid";
  if (!URL.canParse(asked, base)) return home;
  const url = new URL(asked, base);
  // Straightened, /x/..//host is //host, which is another site.
  const isOurs = url.origin === base && !url.pathname.startsWith("//");
  return isOurs ? `${url.pathname}${url.search}${url.hash}` : home;
}
