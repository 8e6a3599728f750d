import { saveAlertFault } from "@/db/queries/alert-faults";
import type { AlertChannel } from "@/lib/alerts/channels";
import { explainAlertFault } from "@/lib/alerts/explain-fault";
import type { Refusal } from "@/lib/refusals/refuse";

type Failed = { channel: AlertChannel; error: unknown };

/** Notes why a channel took nothing, to be shown where it is set up; answers it in words. */
export async function noteAlertFault({ channel: { name, host }, error }: Failed): Promise<Refusal> {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const fault = explainAlertFault({ name, host, error: thrown });
  await saveAlertFault({ channel: name, fault });
  return fault;
}
