"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { OwnSession } from "@/lib/auth/sessions/list";
import { useToldAction } from "../../use-told-action";
import { endOtherSessionsAction, endSessionAction } from "./actions";
import { deviceName } from "./device-name";

export function SessionsTable({ sessions, ownId }: { sessions: OwnSession[]; ownId: string }) {
  const t = useTranslations("sessions");
  const [isBusy, startTransition] = useTransition();
  const endSession = useToldAction(endSessionAction, () => t("ended"));
  const endOtherSessions = useToldAction(endOtherSessionsAction, () => t("ended"));
  const end = (ending: () => Promise<unknown>) => startTransition(async () => void (await ending()));
  return (
    <>
      <Table>
        <TableHeader>
          <TableRow>
            <TableHead>{t("device")}</TableHead>
            <TableHead className="hidden md:table-cell">{t("signedIn")}</TableHead>
            <TableHead className="hidden sm:table-cell">{t("lastSeen")}</TableHead>
            <TableHead className="w-32">
              <span className="sr-only">{t("end")}</span>
            </TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {sessions.map(({ id, user_agent, client_ip, created_at, last_seen_at }) => (
            <TableRow key={id}>
              <TableCell>
                <span className="block font-medium">{deviceName(user_agent) ?? t("unknownDevice")}</span>
                <span className="font-mono text-muted-foreground text-xs">{client_ip}</span>
              </TableCell>
              <TableCell className="hidden text-muted-foreground md:table-cell">
                <Time at={created_at} />
              </TableCell>
              <TableCell className="hidden text-muted-foreground sm:table-cell">
                <Time at={last_seen_at} />
              </TableCell>
              <TableCell className="text-right">
                {id === ownId ? (
                  <Badge variant="accent">{t("thisOne")}</Badge>
                ) : (
                  <Button
                    variant="danger-ghost"
                    size="sm"
                    disabled={isBusy}
                    onClick={() => end(() => endSession({ id }))}
                  >
                    {t("end")}
                  </Button>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {sessions.length > 1 && (
        <Button
          variant="outline"
          className="justify-self-start"
          isBusy={isBusy}
          onClick={() => end(() => endOtherSessions({}))}
        >
          {t("endOthers")}
        </Button>
      )}
    </>
  );
}
