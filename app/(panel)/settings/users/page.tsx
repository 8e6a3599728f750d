import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { PageHeader } from "@/components/ui/page-header";
import { hasRole } from "@/lib/auth/actor";
import { listUsers } from "@/lib/auth/users/list";
import { NoAccess } from "../../no-access";
import { requireActor } from "../../session";
import { AddUser } from "./add-user";
import { UsersTable } from "./users-table";

export const generateMetadata = titled("users.title");

export default async function UsersPage() {
  const actor = await requireActor();
  if (!hasRole(actor, "admin")) return <NoAccess needed="admin" />;
  const t = await getTranslations("users");
  return (
    <>
      <PageHeader title={t("title")} description={t("description")}>
        <AddUser />
      </PageHeader>
      <UsersTable users={await listUsers({ actor })} ownId={actor.id} />
    </>
  );
}
