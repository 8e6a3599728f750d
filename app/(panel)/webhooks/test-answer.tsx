import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";
import { TestOutcome } from "@/components/webhooks/test-outcome";
import type { ActionResult } from "../action";
import type { SentTest } from "./send-test";

type TestAnswerProps = { answer: ActionResult<SentTest> | null };

/** What came of a test, or why it was not sent. */
export function TestAnswer({ answer }: TestAnswerProps) {
  if (answer === null) return null;
  return answer.ok ? <TestOutcome {...answer.data} /> : <FormMessage>{answer.message}</FormMessage>;
}

/** To a test's row of the log, once it has one. */
export function TestLogLink({ answer, children }: TestAnswerProps & { children: ReactNode }) {
  if (!answer?.ok || answer.data.result.logId === null) return null;
  return (
    <Button variant="link" size="text" className="mr-auto" asChild>
      <Link href={`/logs/${answer.data.result.logId}`}>{children}</Link>
    </Button>
  );
}
