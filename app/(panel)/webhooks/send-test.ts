import type { Actor } from "@/lib/auth/actor";
import { type TestPayload, type TestResult, testSend } from "@/lib/deliveries/test-send";
import { type AttemptDetail, getAttempt } from "@/lib/log/get-attempt";

export type SentTest = { result: TestResult; attempt: AttemptDetail | null };

/** Sends a test and reads what was logged of it: the request and the answer as they went over the wire. */
export async function sendTest(test: {
  actor: Actor;
  webhookId: number;
  payload: TestPayload;
}): Promise<SentTest> {
  const result = await testSend(test);
  const { logId } = result;
  return { result, attempt: logId === null ? null : await getAttempt({ actor: test.actor, logId }) };
}
