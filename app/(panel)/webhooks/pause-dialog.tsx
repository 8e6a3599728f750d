"use client";

import { Pause as PauseIcon } from "lucide-react";
import { useTimeZone, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ChoiceSelect } from "@/components/ui/choice-select";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { EmojiIcon } from "@/components/ui/emoji-icon";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Input } from "@/components/ui/input";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import { fromZonedInput, toZonedInput } from "@/lib/i18n/zoned-input";
import type { Pause } from "@/lib/webhooks/pause-view";
import { firstReason } from "../use-action";
import { useFormAction } from "../use-form-action";
import { pauseAction } from "./actions";

type PauseDialogProps = {
  webhook: { id: number; name: string };
  /** How it is paused already. */
  pause: Pause | null;
  /** Deliveries, counted up to 10,000. */
  waiting: number;
  onClose: () => void;
};

const MAX_COUNTED = 10_000;
const MINUTE_MS = 60_000;
const LENGTHS = { halfHour: 30, hour: 60, fourHours: 240, day: 1440 } as const;
const ENDS = ["person", ...(Object.keys(LENGTHS) as (keyof typeof LENGTHS)[]), "moment"] as const;
type End = (typeof ENDS)[number];

/** Asks what becomes of the orders of a webhook while it is paused, why it is, and until when. */
export function PauseDialog({ webhook, pause, waiting, onClose }: PauseDialogProps) {
  const t = useTranslations("webhooks.pause");
  const common = useTranslations("common");
  const [holdsOrders, setHoldsOrders] = useState(pause?.holdsOrders ?? true);
  const [end, setEnd] = useState<End>(pause?.until ? "moment" : "person");
  const timeZone = useTimeZone() ?? "UTC";
  const [moment, setMoment] = useState(() =>
    toZonedInput({ at: new Date(pause?.until ?? Date.now() + LENGTHS.hour * MINUTE_MS), timeZone }),
  );
  const [reason, setReason] = useState(pause?.reason ?? "");
  const { send, isBusy, refused } = useFormAction(pauseAction);
  const message = refused && firstReason(refused);

  const save = () => {
    const until = endOf({ end, moment, timeZone });
    send({ webhookId: webhook.id, pause: { holdsOrders, until, reason } }, ({ cancelled }) => {
      if (holdsOrders) toast.success(t("held", { name: webhook.name }));
      else toast.success(t("off", { name: webhook.name, count: cancelled }));
      onClose();
    });
  };
  return (
    <Dialog open onOpenChange={(isOpen) => isOpen || onClose()}>
      <DialogContent className="max-w-lg">
        <DialogHeader>
          <DialogTitle>{t("title", { name: webhook.name })}</DialogTitle>
          <DialogDescription>
            {t(waiting >= MAX_COUNTED ? "manyWait" : "waiting", { count: waiting })}
          </DialogDescription>
        </DialogHeader>
        <RadioGroup
          value={holdsOrders ? "hold" : "cancel"}
          onValueChange={(value) => setHoldsOrders(value === "hold")}
          aria-label={t("what")}
        >
          <Choice value="hold" />
          <Choice value="cancel" />
        </RadioGroup>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("end")}>
            {(control) => (
              <ChoiceSelect
                {...control}
                value={end}
                values={ENDS}
                textOf={(known) => t(`ends.${known}`)}
                onChoose={setEnd}
              />
            )}
          </Field>
          {end === "moment" && (
            <Field label={t("until")}>
              {(control) => (
                <Input
                  {...control}
                  type="datetime-local"
                  value={moment}
                  min={toZonedInput({ at: new Date(), timeZone })}
                  onChange={({ target }) => setMoment(target.value)}
                />
              )}
            </Field>
          )}
          <Field label={t("reason")} className="sm:col-span-2">
            {(control) => (
              <Input
                {...control}
                maxLength={200}
                placeholder={t("reasonExample")}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Field>
        </div>
        {message && <FormMessage>{message}</FormMessage>}
        <DialogFooter>
          <Button variant="outline" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button variant={holdsOrders ? "primary" : "danger"} isBusy={isBusy} onClick={save}>
            <EmojiIcon emoji="⏸" icon={PauseIcon} /> {t(holdsOrders ? "confirmHold" : "confirmCancel")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function Choice({ value }: { value: "hold" | "cancel" }) {
  const t = useTranslations("webhooks.pause");
  const id = useId();
  return (
    <label
      htmlFor={id}
      className="flex gap-3 rounded-lg border px-3.5 py-2.5 has-data-[state=checked]:border-primary has-data-[state=checked]:bg-accent/40"
    >
      <RadioGroupItem id={id} value={value} aria-describedby={`${id}-text`} className="mt-0.5" />
      <span className="grid gap-0.5">
        <span className="font-medium">{t(value)}</span>
        <span id={`${id}-text`} className="text-[0.8125rem] text-muted-foreground">
          {t(value === "hold" ? "holdText" : "cancelText")}
        </span>
      </span>
    </label>
  );
}

function endOf({ end, moment, timeZone }: { end: End; moment: string; timeZone: string }): number | null {
  if (end === "person") return null;
  if (end !== "moment") return Date.now() + LENGTHS[end] * MINUTE_MS;
  // What is no moment is refused as one that is past.
  return fromZonedInput({ text: moment, timeZone })?.getTime() ?? 0;
}
