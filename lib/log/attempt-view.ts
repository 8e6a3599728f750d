import type { AttemptRow } from "@/db/queries/logs";
import { withText } from "./with-text";

/** An attempt as the API shows it (contract 3). The code of an error is for the panel's translations. */
export function toAttemptView<Row extends AttemptRow>({ error_code: _, ...shown }: Row) {
  return withText(shown, { from: "fault", to: "error_message" });
}
