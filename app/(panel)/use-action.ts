"use client";

import { unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback, useContext } from "react";
import { refreshSoon } from "@/components/logs/refresh-soon";
import { SessionRenewal } from "@/components/shell/session-renewal";
import type { ActionResult, Refused } from "./action";

export type Action<Input, Data> = (input: Input) => Promise<ActionResult<Data>>;

/** Why an action was refused, where one line is all there is room for. */
export function firstReason({ errors, message }: Refused): string {
  return errors[0]?.message ?? message;
}

/**
 * A server action that never throws: without an answer it says in words what happened and what to do, so that the
 * page stays as it is with all that is typed. Where the session has ended it asks to sign in again and goes on.
 */
export function useAction<Input, Data>(action: Action<Input, Data>): Action<Input, Data> {
  const faultText = useFaultText();
  const renewSession = useContext(SessionRenewal);
  return useCallback(
    async (input) => {
      const attempt = (): Promise<ActionResult<Data>> =>
        action(input).catch((error: unknown) => {
          unstable_rethrow(error);
          return { ok: false, message: faultText(error), errors: [] };
        });
      const first = await attempt();
      const isOver = !first.ok && first.isSessionOver;
      const result = isOver && (await renewSession()) ? await attempt() : first;
      if (result.ok) refreshSoon();
      return result;
    },
    [action, renewSession, faultText],
  );
}

// What Next and React say when no whole answer came: a proxy's page in its place, or half of one.
const NO_ANSWER = new Set(["An unexpected response was received from the server.", "Connection closed."]);

/** A text that the server gave instead of an answer (scripts/edge/server.mjs) is a message as it stands. */
function useFaultText(): (error: unknown) => string {
  const t = useTranslations("common");
  return useCallback(
    (error) => {
      if (unstable_isUnrecognizedActionError(error)) return t("panelUpdated");
      if (!(error instanceof Error) || error instanceof TypeError || NO_ANSWER.has(error.message)) {
        return t("noConnection");
      }
      return "digest" in error ? t("internalError") : error.message;
    },
    [t],
  );
}
