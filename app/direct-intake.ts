import type { IncomingMessage, ServerResponse } from "node:http";
import { answerNode } from "@/lib/http/answer-node";
import type { RouteHandler } from "@/lib/http/route";
import { POST as postToApi } from "./api/v1/[[...path]]/route";
import { POST as postToEventKey } from "./e/[eventKey]/route";
import { POST as postFromIiko } from "./iiko/[eventKey]/route";
import { answerInspector } from "./inspector-intake";

/**
 * Takes order events in by the same handlers as their routes, without Next's way to these, which costs as much as
 * all the rest of an event (docs/performance.md), and requests to the inspector. Returns null for any other request:
 * that is Next's.
 */
export function answerIntake(request: IncomingMessage, response: ServerResponse): Promise<void> | null {
  const token = INSPECTOR.exec(request.url ?? "")?.[1];
  if (token !== undefined) return answerInspector({ request, response, token });
  const found = request.method === "POST" ? findHandler(request.url ?? "") : null;
  return found && answerNode({ request, response, ...found });
}

const INSPECTOR = /^\/api\/inspector\/([\w-]+)(?:\?.*)?$/;

type Params = Parameters<typeof answerNode>[0]["params"];

function findHandler(url: string): { handler: RouteHandler; params: Params } | null {
  const [path = ""] = url.split("?");
  if (path === "/api/v1/events") return { handler: postToApi, params: { path: ["events"] } };
  const [, sender, eventKey] = /^\/(e|iiko)\/([\w.~-]+)$/.exec(path) ?? [];
  if (eventKey === undefined) return null;
  return { handler: sender === "iiko" ? postFromIiko : postToEventKey, params: { eventKey } };
}
