import { useTranslations } from "next-intl";
import { Answer, Text } from "./prose";

// Those that people meet; the rest is explained where it happens, on the page of the attempt.
const COMMON = [
  "http_401",
  "timeout",
  "http_4xx",
  "http_5xx",
  "redirect",
  "dns",
  "connection_refused",
  "tls_expired",
  "blocked_address",
  "gone",
] as const;

/** The same words that stand beside a failed attempt. */
export function FaultAnswers() {
  const t = useTranslations("faults");
  return COMMON.map((code) => (
    <Answer key={code} question={t(`${code}.title`)}>
      <Text>{t(`${code}.whatToDo`)}</Text>
    </Answer>
  ));
}
