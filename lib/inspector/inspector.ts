import { randomBytes } from "node:crypto";
import { db } from "@/db/client";
import {
  deleteInspectorRequests,
  type InspectorRow,
  lockInspector,
  readOrInsertInspector,
  saveInspector,
} from "@/db/queries/inspector";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { Behaviour, USUAL_BEHAVIOUR } from "@/lib/inspector/behaviour";
import { inspectorUrl, ownInspector } from "@/lib/own-server";

export type Inspector = {
  /** Null where the product does not know where it is reached: without APP_URL under another server than its own. */
  url: string | null;
  /** Whether webhooks reach it past the outbound guard; else its address must be a public one, or OUTBOUND_ALLOW's. */
  isDirect: boolean;
  behaviour: Behaviour;
  received: number;
};

/** The inspector's address and behaviour; made at the first call. Throws forbidden below operator. */
export async function getInspector({ actor }: { actor: Actor }): Promise<Inspector> {
  requireRole(actor, "operator");
  const { token, behaviour, received } = await ensureInspector();
  const url = inspectorUrl(token);
  return {
    url,
    isDirect: url !== null && ownInspector(url) !== null,
    behaviour: Behaviour.parse(behaviour),
    received,
  };
}

/** Changes what the inspector answers from now on. Throws forbidden below manager. */
export async function changeBehaviour({ actor, input }: { actor: Actor; input: Behaviour }): Promise<void> {
  requireRole(actor, "manager");
  await ensureInspector();
  await db().transaction(async (tx) => {
    const before = await lockInspector(tx);
    await saveInspector(tx, { behaviour: input });
    const changes = { behaviour: { from: before?.behaviour ?? null, to: input } };
    await recordAudit(tx, { actor, action: "inspector.update", subject: SUBJECT, changes });
  });
}

/** Gives the inspector another address; the old one answers 404 from now on. Throws forbidden below manager. */
export async function moveInspector({ actor }: { actor: Actor }): Promise<void> {
  requireRole(actor, "manager");
  await ensureInspector();
  await db().transaction(async (tx) => {
    await saveInspector(tx, { token: newToken() });
    await recordAudit(tx, { actor, action: "inspector.move", subject: SUBJECT });
  });
}

/** Forgets what came; returns how many requests that were. Throws forbidden below manager. */
export async function clearInspector({ actor }: { actor: Actor }): Promise<number> {
  requireRole(actor, "manager");
  return db().transaction(async (tx) => {
    const count = await deleteInspectorRequests(tx);
    await recordAudit(tx, { actor, action: "inspector.clear", subject: SUBJECT });
    return count;
  });
}

const SUBJECT = { kind: "inspector", id: 1, name: "inspector" };

function ensureInspector(): Promise<InspectorRow> {
  return readOrInsertInspector({ token: newToken(), behaviour: USUAL_BEHAVIOUR });
}

/** 192 bits in 32 letters, as lib/own-server expects. */
function newToken(): string {
  return randomBytes(24).toString("base64url");
}
