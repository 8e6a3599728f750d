import type { TestResult } from "@/lib/deliveries/test-send";

export const BULK_VERBS = ["switchOn", "pause", "test", "remove"] as const;
export type BulkVerb = (typeof BULK_VERBS)[number];

/** A request does so many: tests wait for their receivers, and a proxy's patience ends after a minute or so. */
export const BULK_AT_ONCE = 5;

/** What came of one webhook. */
export type Done = {
  webhookId: number;
  isDone: boolean;
  /** Why not. */
  message?: string | undefined;
  test?: Pick<TestResult, "statusCode" | "durationMs" | "errorCode" | "fault" | "logId">;
};
