"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { fieldError } from "@/components/ui/field-error";
import { FormMessage } from "@/components/ui/form-message";
import { Input } from "@/components/ui/input";
import type { Role } from "@/lib/auth/actor";
import type { FieldMessage } from "@/lib/errors";
import { useAction } from "../../use-action";
import { RoleSelect } from "../role-select";
import { createTokenAction } from "./actions";

type AddTokenDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onMade: (made: { name: string; token: string }) => void;
};
type Refusal = { message: string; errors: FieldMessage[] };

export function AddTokenDialog({ isOpen, onOpenChange, onMade }: AddTokenDialogProps) {
  const t = useTranslations("tokens");
  const cancelLabel = useTranslations("common")("cancel");
  const [role, setRole] = useState<Role>("viewer");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, startTransition] = useTransition();
  const createToken = useAction(createTokenAction);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name"));
    startTransition(async () => {
      const result = await createToken({ name, role });
      if (!result.ok) return setRefusal(result);
      onOpenChange(false);
      onMade(result.data);
    });
  };
  const errors = refusal?.errors ?? [];

  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setRefusal(null);
        onOpenChange(open);
      }}
    >
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t("add")}</DialogTitle>
          <DialogDescription>{t("addDescription")}</DialogDescription>
        </DialogHeader>
        <form onSubmit={submit} noValidate className="grid gap-4">
          {refusal && <FormMessage>{refusal.message}</FormMessage>}
          <Field label={t("name")} error={fieldError(errors, "name")} isRequired>
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
          <Field label={t("role")} error={fieldError(errors, "role")}>
            {(control) => <RoleSelect {...control} value={role} onChange={setRole} />}
          </Field>
          <DialogFooter>
            <DialogClose asChild>
              <Button variant="outline">{cancelLabel}</Button>
            </DialogClose>
            <Button type="submit" isBusy={isBusy}>
              {t("create")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
