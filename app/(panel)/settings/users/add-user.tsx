"use client";

import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SecretDialog } from "../secret-dialog";
import { AddUserDialog } from "./add-user-dialog";

type Made = { email: string; password: string };

export function AddUser() {
  const t = useTranslations("users");
  const [isOpen, setIsOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <UserPlus /> {t("add")}
      </Button>
      <AddUserDialog isOpen={isOpen} onOpenChange={setIsOpen} onMade={setMade} />
      {made && (
        <SecretDialog
          title={t("passwordTitle", { email: made.email })}
          description={t("passwordText")}
          secret={made.password}
          closeLabel={t("done")}
          onClose={() => setMade(null)}
        />
      )}
    </>
  );
}
