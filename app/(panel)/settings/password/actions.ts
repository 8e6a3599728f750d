"use server";

import { changePassword, PasswordChange } from "@/lib/auth/users/change-password";
import { ownAction } from "../../action";

export const changePasswordAction = ownAction(PasswordChange, ({ actor, user, input }) =>
  changePassword({ actor, input, keptSession: user.sessionId }),
);
