"use server";

import { z } from "zod";
import { listSeenNames } from "@/lib/names/seen";
import { validatedAction } from "../action";

export const seenNamesAction = validatedAction(z.strictObject({}), listSeenNames);
