"use client";

import { FlaskConical, Pause, Pencil, Play, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmojiIcon } from "@/components/ui/emoji-icon";
import { later } from "@/components/ui/later";
import type { Pause as PauseView } from "@/lib/webhooks/pause-view";
import { useToldAction } from "../use-told-action";
import { removeWebhookAction } from "./actions";
import type { HeldUpSummary } from "./use-held-up";
import { usePause } from "./use-pause";
import { WebhookMenu } from "./webhook-menu";

const ConfirmDialog = later(async () => (await import("@/components/ui/confirm-dialog")).ConfirmDialog);
const TestDialog = later(async () => (await import("./test-dialog")).TestDialog);

type WebhookActionsProps = {
  webhook: { id: number; name: string; is_active: boolean; pause: PauseView | null };
  /** Operators test. */
  canTest: boolean;
  /** Managers change, switch and delete. */
  canManage: boolean;
  /** For the menu; the webhook's own page has buttons for it. */
  heldUp: HeldUpSummary | undefined;
  /** On the webhook's own page a deletion leads back to the list. */
  isOwnPage?: boolean;
};

// A finger needs more room than a pointer.
const ICON = "max-xl:size-10";

/** The guide's buttons: 🧪 ⏸ or ▶️, ✏️ and 🗑️, and a menu with the rest. */
export function WebhookActions({
  webhook,
  canTest,
  canManage,
  heldUp,
  isOwnPage = false,
}: WebhookActionsProps) {
  const t = useTranslations("webhooks");
  const router = useRouter();
  const { id, name, is_active: isActive } = webhook;
  const [isTesting, setIsTesting] = useState(false);
  const [isAskingToRemove, setIsAskingToRemove] = useState(false);
  const { toggle, edit, isBusy, question } = usePause(webhook);
  const removeWebhook = useToldAction(removeWebhookAction, () => t("removed", { name }));
  const remove = async () => {
    const { ok } = await removeWebhook({ webhookId: id });
    if (ok && isOwnPage) router.replace("/webhooks");
  };

  return (
    <>
      {canTest && (
        <Button
          variant={isOwnPage ? "outline" : "ghost"}
          size={isOwnPage ? "sm" : "icon-sm"}
          title={t("testHint")}
          aria-label={`🧪 ${t("testOf", { name })}`}
          onClick={() => setIsTesting(true)}
          className={isOwnPage ? undefined : ICON}
        >
          <EmojiIcon emoji="🧪" icon={FlaskConical} /> {isOwnPage && t("test")}
        </Button>
      )}
      {canManage && (
        <>
          <Button
            variant="ghost"
            size="icon-sm"
            title={t(switchHint(webhook))}
            isBusy={isBusy}
            onClick={toggle}
            className={ICON}
          >
            {!isBusy && (
              <EmojiIcon
                emoji={isActive ? "⏸" : "▶️"}
                icon={isActive ? Pause : Play}
                className="size-4 shrink-0 fill-current"
              />
            )}
            <span className="sr-only">{t(isActive ? "switchOff" : "switchOn", { name })}</span>
          </Button>
          <Button variant="ghost" size="icon-sm" title={t("editHint")} className={ICON} asChild>
            <Link href={`/webhooks/${id}/edit`} prefetch={false}>
              <EmojiIcon emoji="✏️" icon={Pencil} />
              <span className="sr-only">{t("edit", { name })}</span>
            </Link>
          </Button>
          <Button
            variant="danger-ghost"
            size="icon-sm"
            title={t("removeHint")}
            onClick={() => setIsAskingToRemove(true)}
            className={ICON}
          >
            <EmojiIcon emoji="🗑️" icon={Trash2} />
            <span className="sr-only">{t("remove", { name })}</span>
          </Button>
        </>
      )}
      <WebhookMenu
        webhook={webhook}
        canManage={canManage}
        heldUp={heldUp}
        onPause={canManage ? edit : undefined}
        className={ICON}
      />
      {question}
      {isAskingToRemove && (
        <ConfirmDialog
          isOpen
          onOpenChange={setIsAskingToRemove}
          title={t("removeTitle", { name })}
          description={t("removeText")}
          confirmLabel={t("removeConfirm")}
          onConfirm={remove}
        />
      )}
      {isTesting && <TestDialog webhook={webhook} onClose={() => setIsTesting(false)} />}
    </>
  );
}

function switchHint({ is_active: isActive, pause }: WebhookActionsProps["webhook"]) {
  if (isActive) return "switchOffHint";
  return pause?.holdsOrders ? "pause.switchOnHint" : "switchOnHint";
}
