"use server";

import { changePassword, PasswordChange } from "@/lib/auth/users/change-password";
import { validatedAction } from "../../action";

export const changePasswordAction = validatedAction(PasswordChange, changePassword);
