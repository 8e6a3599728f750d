import type { IncomingMessage, ServerResponse } from "node:http";
import { visitorOf } from "@/lib/auth/visitors";
import { answerNode } from "@/lib/http/answer-node";
import type { RouteHandler } from "@/lib/http/route";
import { GET as getReadiness } from "./api/health/ready/route";
import { GET as getHealth } from "./api/health/route";
import { POST as postFromInngest } from "./api/inngest/route";
import { POST as postToApi } from "./api/v1/[[...path]]/route";
import { POST as postToEventKey } from "./e/[eventKey]/route";
import { POST as postFromIiko } from "./iiko/[eventKey]/route";
import { answerInspector } from "./inspector-intake";

/**
 * Takes order events in, runs what Inngest calls and tells the health by the same handlers as their routes, and takes
 * requests to the inspector, without Next's way to these: for an event that costs as much as all the rest
 * (docs/performance.md), and before Next a crowd of strangers may stand (scripts/edge/crowd.mjs). Returns null for any
 * other request: that is Next's.
 */
export function answerDirectly(request: IncomingMessage, response: ServerResponse): Promise<void> | null {
  const token = INSPECTOR.exec(request.url ?? "")?.[1];
  if (token !== undefined) return answerInspector({ request, response, token });
  const found = findHandler(request);
  return found && answerNode({ request, response, ...found });
}

const INSPECTOR = /^\/api\/inspector\/([\w-]+)(?:\?.*)?$/;

type Found = { handler: RouteHandler; params: Parameters<typeof answerNode>[0]["params"] };

function findHandler(request: IncomingMessage): Found | null {
  const { method, url = "" } = request;
  const [path = ""] = url.split("?");
  if (method === "GET" && path === "/api/health") return { handler: getHealth, params: {} };
  if (method === "GET" && path === "/api/health/ready") return { handler: getReadiness, params: {} };
  if (method !== "POST") return null;
  if (path === "/api/v1/events") return { handler: postToApi, params: { path: ["events"] } };
  if (path === "/api/inngest")
    return isFromInngest(request) ? { handler: postFromInngest, params: {} } : null;
  const [, sender, eventKey] = /^\/(e|iiko)\/([\w.~-]+)$/.exec(path) ?? [];
  if (eventKey === undefined) return null;
  return { handler: sender === "iiko" ? postFromIiko : postToEventKey, params: { eventKey } };
}

// Whoever only says so waits with the crowd: to find a signature wrong, the whole body must be read.
function isFromInngest(request: IncomingMessage): boolean {
  return visitorOf(request).rank === "engine";
}
