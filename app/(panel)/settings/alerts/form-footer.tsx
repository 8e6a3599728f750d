"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";
import { Switch } from "@/components/ui/switch";
import type { ChannelName } from "@/lib/alerts/channel-names";
import { TestChannel } from "./test-channel";

type FormFooterProps = {
  name: ChannelName;
  form: {
    draft: { is_on: boolean };
    change: (change: { is_on: boolean }) => void;
    isBusy: boolean;
    isDirty: boolean;
    message: string | null;
  };
  isSetUp: boolean;
};

/** On or off, save, and test what is saved. */
export function FormFooter({ name, form, isSetUp }: FormFooterProps) {
  const t = useTranslations("alerts");
  const id = useId();
  return (
    <>
      <div className="flex items-center gap-2.5">
        <Switch id={id} checked={form.draft.is_on} onCheckedChange={(is_on) => form.change({ is_on })} />
        <label htmlFor={id}>{t("isOn")}</label>
      </div>
      {form.message && <FormMessage>{form.message}</FormMessage>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" isBusy={form.isBusy} disabled={isSetUp && !form.isDirty}>
          {t("save")}
        </Button>
        {isSetUp && <TestChannel name={name} isDisabled={form.isDirty} />}
      </div>
      {isSetUp && form.isDirty && <p className="text-[0.8125rem] text-muted-foreground">{t("saveFirst")}</p>}
    </>
  );
}
