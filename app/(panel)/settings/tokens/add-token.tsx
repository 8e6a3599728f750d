"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { AddDialog } from "../add-dialog";
import { createTokenAction } from "./actions";

export function AddToken() {
  const t = useTranslations("tokens");
  return (
    <AddDialog
      area="tokens"
      icon={KeyRound}
      firstRole="viewer"
      action={createTokenAction}
      toInput={({ typed, role }) => ({ name: String(typed.get("name")), role })}
      fields={(errorOf) => (
        <Field label={t("name")} error={errorOf("name")} isRequired>
          {(control) => (
            <Input
              {...control}
              name="name"
              autoComplete="off"
              maxLength={100}
              placeholder={t("namePlaceholder")}
            />
          )}
        </Field>
      )}
      secretOf={({ name, token }) => ({
        title: t("createdTitle", { name }),
        description: t("createdText"),
        secret: token,
      })}
    />
  );
}
