"use client";

import type { LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
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
import { FormMessage } from "@/components/ui/form-message";
import type { Role } from "@/lib/auth/actor";
import type { ActionResult } from "../action";
import { useFormAction } from "../use-form-action";
import { useFormKey } from "../use-form-key";
import { RoleSelect } from "./role-select";
import { SecretDialog } from "./secret-dialog";

type AddDialogProps<Input, Data> = {
  /** Whose texts it has. */
  area: "tokens" | "users";
  icon: LucideIcon;
  /** The role that is chosen at first. */
  firstRole: Role;
  action: (input: Input, formKey: string) => Promise<ActionResult<Data>>;
  toInput: (given: { typed: FormData; role: Role }) => Input;
  /** The fields before that of the role. */
  fields: (errorOf: (path: string) => string | undefined) => ReactNode;
  /** What is shown this one time of what was made. */
  secretOf: (made: Data) => { title: string; description: string; secret: string };
};

/** A button to add somebody or something with a role, its form, and then the secret that was made. */
export function AddDialog<Input, Data>(props: AddDialogProps<Input, Data>) {
  const { area, icon: Icon, firstRole, action, toInput, fields, secretOf } = props;
  const t = useTranslations(area);
  const cancelLabel = useTranslations("common")("cancel");
  const [isOpen, setIsOpen] = useState(false);
  const [role, setRole] = useState(firstRole);
  const [made, setMade] = useState<Data | null>(null);
  const { send, isBusy, refused, refuse, errorOf } = useFormAction(useFormKey(action));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    send(toInput({ typed: new FormData(event.currentTarget), role }), (data) => {
      setIsOpen(false);
      setMade(data);
    });
  };

  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <Icon /> {t("add")}
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={(open) => {
          refuse(null);
          setIsOpen(open);
        }}
      >
        <DialogContent>
          <DialogHeader>
            <DialogTitle>{t("add")}</DialogTitle>
            <DialogDescription>{t("addDescription")}</DialogDescription>
          </DialogHeader>
          <form onSubmit={submit} noValidate className="grid gap-4">
            {refused && <FormMessage>{refused.message}</FormMessage>}
            {fields(errorOf)}
            <Field label={t("role")} error={errorOf("role")}>
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
      {made && <SecretDialog {...secretOf(made)} closeLabel={t("done")} onClose={() => setMade(null)} />}
    </>
  );
}
