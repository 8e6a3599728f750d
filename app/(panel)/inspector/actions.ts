"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { Behaviour } from "@/lib/inspector/behaviour";
import { changeBehaviour, clearInspector, moveInspector } from "@/lib/inspector/inspector";
import { validatedAction } from "../action";

export const changeBehaviourAction = validatedAction(Behaviour, async ({ actor, input }) => {
  await changeBehaviour({ actor, input });
  revalidatePath("/inspector");
});

export const moveInspectorAction = validatedAction(z.strictObject({}), async ({ actor }) => {
  await moveInspector({ actor });
  revalidatePath("/inspector");
});

export const clearInspectorAction = validatedAction(z.strictObject({}), async ({ actor }) => {
  await clearInspector({ actor });
  revalidatePath("/inspector");
});
