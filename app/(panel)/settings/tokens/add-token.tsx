"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SecretDialog } from "../secret-dialog";
import { AddTokenDialog } from "./add-token-dialog";

type Made = { name: string; token: string };

export function AddToken() {
  const t = useTranslations("tokens");
  const [isOpen, setIsOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <KeyRound /> {t("add")}
      </Button>
      <AddTokenDialog isOpen={isOpen} onOpenChange={setIsOpen} onMade={setMade} />
      {made && (
        <SecretDialog
          title={t("createdTitle", { name: made.name })}
          description={t("createdText")}
          secret={made.token}
          closeLabel={t("done")}
          onClose={() => setMade(null)}
        />
      )}
    </>
  );
}
