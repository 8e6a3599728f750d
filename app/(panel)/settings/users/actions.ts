"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { resetSecondFactor } from "@/lib/auth/second-factor/turn-off";
import { createUser, NewUser } from "@/lib/auth/users/create";
import { resetPassword } from "@/lib/auth/users/reset-password";
import { UserUpdate, updateUser } from "@/lib/auth/users/update";
import { validatedAction } from "../../action";

export const createUserAction = validatedAction(NewUser, async (given) => {
  const { email, password } = await createUser(given);
  revalidatePath("/settings/users");
  return { email, password };
});

export const updateUserAction = validatedAction(UserUpdate, async (given) => {
  await updateUser(given);
  revalidatePath("/settings/users");
});

export const resetSecondFactorAction = validatedAction(
  z.strictObject({ id: z.number().int() }),
  async ({ actor, input }) => {
    await resetSecondFactor({ actor, id: input.id });
    revalidatePath("/settings/users");
  },
);

export const resetPasswordAction = validatedAction(
  z.strictObject({ id: z.number().int() }),
  async ({ actor, input }) => ({ password: await resetPassword({ actor, id: input.id }) }),
);
