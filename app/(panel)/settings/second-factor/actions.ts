"use server";

import { turnOffSecondFactor } from "@/lib/auth/second-factor/turn-off";
import {
  confirmSecondFactor,
  OwnPassword,
  SecondFactorProof,
  startSecondFactor,
} from "@/lib/auth/second-factor/turn-on";
import { validatedAction } from "../../action";
import { requireUser } from "../../session";

export const startSecondFactorAction = validatedAction(OwnPassword, startSecondFactor);

export const confirmSecondFactorAction = validatedAction(SecondFactorProof, async (given) => {
  const { sessionId } = await requireUser();
  return { codes: await confirmSecondFactor({ ...given, keptSession: sessionId }) };
});

export const turnOffSecondFactorAction = validatedAction(OwnPassword, async (given) => {
  const { sessionId } = await requireUser();
  await turnOffSecondFactor({ ...given, keptSession: sessionId });
});
