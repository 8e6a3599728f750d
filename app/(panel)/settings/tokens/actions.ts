"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { createToken, NewToken } from "@/lib/auth/tokens/create";
import { revokeToken } from "@/lib/auth/tokens/revoke";
import { validatedAction } from "../../action";

export const createTokenAction = validatedAction(NewToken, async (given) => {
  const { name, token } = await createToken(given);
  revalidatePath("/settings/tokens");
  return { name, token };
});

export const revokeTokenAction = validatedAction(
  z.strictObject({ id: z.number().int() }),
  async ({ actor, input }) => {
    await revokeToken({ actor, id: input.id });
    revalidatePath("/settings/tokens");
  },
);
