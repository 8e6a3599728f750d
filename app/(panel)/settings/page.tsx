import { redirect } from "next/navigation";
import { requireUser } from "../session";

export default async function SettingsPage(): Promise<never> {
  const { role } = await requireUser();
  redirect(role === "admin" ? "/settings/users" : "/settings/password");
}
