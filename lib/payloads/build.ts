import { formatUtc } from "@/lib/orders/time";
import { customPayload } from "./custom";
import { iikoCloudPayload } from "./iiko-cloud";
import { iikoCloudNativePayload } from "./iiko-cloud-native";
import { iikoSoiPayload } from "./iiko-soi";
import { toJsonText } from "./json-text";
import type { PayloadInput } from "./payload-input";
import { renderTemplate } from "./template";

export const PAYLOAD_FORMATS = ["iiko_soi", "iiko_cloud", "iiko_cloud_native", "custom"] as const;

export type PayloadFormat = (typeof PAYLOAD_FORMATS)[number];

type Builder = (input: PayloadInput) => unknown;

const BUILDERS: Record<PayloadFormat, Builder> = {
  iiko_soi: iikoSoiPayload,
  iiko_cloud: iikoCloudPayload,
  iiko_cloud_native: iikoCloudNativePayload,
  custom: customPayload,
};

/**
 * The JSON text of a delivery's body (contract 2); the same input makes the same text. Throws PayloadError for a
 * template that asks too much and for a body over 8 MiB.
 */
export function buildPayload({ format, ...input }: { format: PayloadFormat } & PayloadInput): string {
  if (format === "custom" && input.template?.trim()) {
    return renderTemplate({ ...input, text: input.template });
  }
  return toJsonText(BUILDERS[format](input));
}

/** The JSON text of the guide's test payload. */
export function buildTestPayload({ webhookName, now }: { webhookName: string; now: Date }): string {
  return JSON.stringify({
    event: "test",
    message: "This is a test webhook from iiko-base",
    webhook_name: webhookName,
    timestamp: formatUtc(now.getTime()),
  });
}
