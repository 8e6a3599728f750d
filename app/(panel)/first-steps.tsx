import { cookies } from "next/headers";
import { HIDDEN_COOKIE } from "@/components/first-steps/hidden-cookie";
import { StepList } from "@/components/first-steps/step-list";
import { type Actor, hasRole } from "@/lib/auth/actor";
import { getFirstSteps } from "@/lib/first-steps/get-first-steps";
import { ownOrigin } from "./own-origin";

/** What a new product still lacks, for those who can do it; nothing once all is there or the reader hid it. */
export async function FirstSteps({ actor }: { actor: Actor }) {
  if (!hasRole(actor, "manager") || (await cookies()).has(HIDDEN_COOKIE)) return null;
  const { done, eventKey } = await getFirstSteps({ actor });
  if (Object.values(done).every(Boolean)) return null;
  return (
    <StepList
      done={done}
      origin={await ownOrigin()}
      eventKey={eventKey}
      canSetUpAlerts={hasRole(actor, "admin")}
    />
  );
}
