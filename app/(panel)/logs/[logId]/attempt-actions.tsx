import { getTranslations } from "next-intl/server";
import { asCurl, MAX_CURL_BODY } from "@/lib/log/as-curl";
import type { AttemptDetail } from "@/lib/log/get-attempt";
import { CurlDialog } from "./curl-dialog";
import { ResendButton } from "./resend-button";

type AttemptActionsProps = { attempt: AttemptDetail; canResend: boolean };

export async function AttemptActions({ attempt, canResend }: AttemptActionsProps) {
  const t = await getTranslations("logs");
  const body = attempt.request_body ?? null;
  const command = asCurl({
    url: attempt.request_url,
    method: attempt.request_method,
    headers: attempt.request_headers,
    body,
  });
  const notes = [
    t("curlPlain"),
    ...(hasSecrets(attempt) ? [t("curlSecrets")] : []),
    ...(body === null || body.length > MAX_CURL_BODY ? [t("curlBodyFile")] : []),
    ...(attempt.request_headers["webhook-signature"] ? [t("curlSigned")] : []),
  ];
  return (
    <div className="flex flex-wrap gap-2 max-sm:[&>button]:h-8 max-sm:[&>button]:gap-1.5 max-sm:[&>button]:px-2 max-sm:[&>button]:text-[0.8125rem]">
      <CurlDialog command={command} notes={notes} />
      {canResend && attempt.event_id !== null && (
        <ResendButton logId={attempt.id} webhookName={attempt.webhook_name} />
      )}
    </div>
  );
}

function hasSecrets({ request_headers, request_url }: AttemptDetail): boolean {
  return request_url.includes("***") || Object.values(request_headers).some((value) => value.includes("***"));
}
