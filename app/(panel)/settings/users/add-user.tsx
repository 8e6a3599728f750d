"use client";

import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { AddDialog } from "../add-dialog";
import { createUserAction } from "./actions";

export function AddUser() {
  const t = useTranslations("users");
  return (
    <AddDialog
      area="users"
      icon={UserPlus}
      firstRole="operator"
      action={createUserAction}
      toInput={({ typed, role }) => ({
        name: String(typed.get("name")),
        email: String(typed.get("email")),
        role,
      })}
      fields={(errorOf) => (
        <>
          <Field label={t("name")} error={errorOf("name")} isRequired>
            {(control) => <Input {...control} name="name" autoComplete="off" maxLength={100} />}
          </Field>
          <Field label={t("email")} error={errorOf("email")} isRequired>
            {(control) => <Input {...control} name="email" type="email" autoComplete="off" maxLength={254} />}
          </Field>
        </>
      )}
      secretOf={({ email, password }) => ({
        title: t("passwordTitle", { email }),
        description: t("passwordText"),
        secret: password,
      })}
    />
  );
}
