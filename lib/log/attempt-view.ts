import type { AttemptRow } from "@/db/queries/logs";

export type AttemptView<Row extends AttemptRow = AttemptRow> = Omit<Row, "error_code">;

/** An attempt as the API shows it (contract 3). The code of an error is for the panel's translations. */
export function toAttemptView<Row extends AttemptRow>({ error_code: _, ...shown }: Row): AttemptView<Row> {
  return shown;
}
