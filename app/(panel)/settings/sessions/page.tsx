import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { PageHeader } from "@/components/ui/page-header";
import { toActor } from "@/lib/auth/current-actor";
import { listSessions } from "@/lib/auth/sessions/list";
import { requireUser } from "../../session";
import { SessionsTable } from "./sessions-table";

export const generateMetadata = titled("sessions.title");

export default async function SessionsPage() {
  const user = await requireUser();
  const t = await getTranslations("sessions");
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <SessionsTable sessions={await listSessions({ actor: toActor(user) })} ownId={user.sessionId} />
    </>
  );
}
