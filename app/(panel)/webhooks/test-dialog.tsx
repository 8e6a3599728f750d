"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { useAction } from "../use-action";
import { testWebhookAction } from "./actions";
import { TestAnswer, TestLogLink } from "./test-answer";

type TestDialogProps = { webhook: { id: number; name: string }; onClose: () => void };
type Answer = Awaited<ReturnType<typeof testWebhookAction>>;

/** Sends a test as soon as it opens and shows what came of it; another one is a press away. */
export function TestDialog({ webhook, onClose }: TestDialogProps) {
  const t = useTranslations("webhookTest");
  const [answer, setAnswer] = useState<Answer | null>(null);
  const testWebhook = useAction(testWebhookAction);
  const send = useCallback(
    async (payload: "guide" | "sample_order") => {
      setAnswer(null);
      setAnswer(await testWebhook({ webhookId: webhook.id, payload }));
    },
    [webhook.id, testWebhook],
  );
  useOnce(useCallback(() => send("guide"), [send]));

  return (
    <Dialog open onOpenChange={(isOpen) => isOpen || onClose()}>
      <DialogContent className="max-w-3xl">
        <DialogHeader>
          <DialogTitle>{t("title")}</DialogTitle>
          <DialogDescription>{webhook.name}</DialogDescription>
        </DialogHeader>
        <div aria-live="polite" aria-busy={answer === null} className="grid min-h-72 content-start gap-4">
          {answer === null && <Sending />}
          <TestAnswer answer={answer} />
        </div>
        <DialogFooter>
          <TestLogLink answer={answer}>{t("openLog")}</TestLogLink>
          <Button variant="outline" onClick={() => void send("sample_order")} disabled={answer === null}>
            {t("sampleOrder")}
          </Button>
          <Button variant="outline" onClick={() => void send("guide")} isBusy={answer === null}>
            {answer !== null && <RotateCw />} {t("again")}
          </Button>
          <Button onClick={onClose}>{t("close")}</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function Sending() {
  const t = useTranslations("webhookTest");
  return (
    <>
      <p className="text-muted-foreground">{t("sending")}</p>
      <Skeleton className="h-16" />
      <Skeleton className="h-40" />
    </>
  );
}

/** Runs an effect once even where React mounts twice to find faults: two tests would be sent. */
function useOnce(effect: () => Promise<void>): void {
  const [once] = useState({ isDone: false });
  useEffect(() => {
    if (once.isDone) return;
    once.isDone = true;
    void effect();
  }, [effect, once]);
}
