"use client";

import { FlaskConical, Pause, Pencil, Play, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmojiIcon } from "@/components/ui/emoji-icon";
import { Tooltip } from "@/components/ui/tooltip";
import { removeWebhookAction, setActiveAction } from "./actions";
import { TestDialog } from "./test-dialog";

type WebhookActionsProps = {
  webhook: { id: number; name: string; is_active: boolean };
  /** Managers change, switch and delete; operators only test. */
  canManage: boolean;
  /** On the webhook's own page a deletion leads back to the list. */
  isOwnPage?: boolean;
};

/** The guide's buttons: 🧪 ⏸ or ▶️, ✏️ and 🗑️. */
export function WebhookActions({ webhook, canManage, isOwnPage = false }: WebhookActionsProps) {
  const t = useTranslations("webhooks");
  const router = useRouter();
  const { id, name, is_active: isActive } = webhook;
  const [isTesting, setIsTesting] = useState(false);
  const [isAskingToRemove, setIsAskingToRemove] = useState(false);
  const [isSwitching, startSwitching] = useTransition();

  const switchOver = () =>
    startSwitching(async () => {
      const result = await setActiveAction({ webhookId: id, isActive: !isActive });
      if (result.ok) toast.success(t(isActive ? "switchedOff" : "switchedOn", { name }));
      else toast.error(result.message);
    });
  const remove = async () => {
    const result = await removeWebhookAction({ webhookId: id });
    if (!result.ok) return void toast.error(result.message);
    toast.success(t("removed", { name }));
    if (isOwnPage) router.replace("/webhooks");
  };

  return (
    <>
      <Tooltip text={t("testHint")}>
        <Button
          variant="outline"
          size="sm"
          aria-label={`🧪 ${t("testOf", { name })}`}
          onClick={() => setIsTesting(true)}
        >
          <EmojiIcon emoji="🧪" icon={FlaskConical} /> {t("test")}
        </Button>
      </Tooltip>
      {canManage && (
        <>
          <Tooltip text={t(isActive ? "switchOffHint" : "switchOnHint")}>
            <Button variant="ghost" size="icon-sm" isBusy={isSwitching} onClick={switchOver}>
              {!isSwitching && (
                <EmojiIcon
                  emoji={isActive ? "⏸" : "▶️"}
                  icon={isActive ? Pause : Play}
                  className="size-4 shrink-0 fill-current"
                />
              )}
              <span className="sr-only">{t(isActive ? "switchOff" : "switchOn", { name })}</span>
            </Button>
          </Tooltip>
          <Tooltip text={t("editHint")}>
            <Button variant="ghost" size="icon-sm" asChild>
              <Link href={`/webhooks/${id}/edit`}>
                <EmojiIcon emoji="✏️" icon={Pencil} />
                <span className="sr-only">{t("edit", { name })}</span>
              </Link>
            </Button>
          </Tooltip>
          <Tooltip text={t("removeHint")}>
            <Button variant="danger-ghost" size="icon-sm" onClick={() => setIsAskingToRemove(true)}>
              <EmojiIcon emoji="🗑️" icon={Trash2} />
              <span className="sr-only">{t("remove", { name })}</span>
            </Button>
          </Tooltip>
          <ConfirmDialog
            isOpen={isAskingToRemove}
            onOpenChange={setIsAskingToRemove}
            title={t("removeTitle", { name })}
            description={t("removeText")}
            confirmLabel={t("removeConfirm")}
            onConfirm={remove}
          />
        </>
      )}
      {isTesting && <TestDialog webhook={webhook} onClose={() => setIsTesting(false)} />}
    </>
  );
}
