"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { endOtherSessions, endOwnSession } from "@/lib/auth/sessions/end";
import { validatedAction } from "../../action";
import { requireUser } from "../../session";

export const endSessionAction = validatedAction(
  z.strictObject({ id: z.uuid() }),
  async ({ actor, input }) => {
    await endOwnSession({ actor, id: input.id });
    revalidatePath("/settings/sessions");
  },
);

export const endOtherSessionsAction = validatedAction(z.strictObject({}), async ({ actor }) => {
  const { sessionId } = await requireUser();
  await endOtherSessions({ actor, keptSession: sessionId });
  revalidatePath("/settings/sessions");
});
