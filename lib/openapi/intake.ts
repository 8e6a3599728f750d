import { sampleIikoMessage } from "@/lib/orders/iiko/sample-message";

const SAMPLE = sampleIikoMessage({
  now: new Date(Date.UTC(2026, 1, 14, 12, 28, 44)),
  id: "4b9a7c52-6d1e-4f0b-9c3a-1f2e3d4c5b6a",
  correlationId: "0c8d3b7e-2f4a-4c59-8b1d-6e7f8a9b0c1d",
});

/**
 * The addresses that take orders in beside the API, with the event key in them instead of a token. They stand in the
 * document's `x-intake`: its `paths` are those of /api/v1, which programs call one and all with a token.
 */
export const INTAKE = [
  {
    method: "POST",
    path: "/e/{event_key}",
    summary: "Take order events",
    description:
      "As POST /api/v1/events, in the form of Inngest's event API: one order event or an array of up to 5000, of " +
      "3 MiB each. Answered after they are stored.",
    answer: { ids: ["iiko-order-123-7"], status: 200 },
    refusals: "400, 401, 413 and 503 answer { error, status }.",
  },
  {
    method: "POST",
    path: "/iiko/{event_key}",
    summary: "Take iiko's own webhooks",
    description:
      "What iiko Cloud sends, an array, or SOI, an object, of any Content-Type: up to 5000 messages and 64 MiB, one " +
      "message up to 16 MiB. Each becomes an order event, or nothing, by what is known of its order. Answered after " +
      "all are stored. IIKO_AUTH_TOKEN, if set, must be in Authorization, bare or after Bearer, or in authToken. " +
      "outcomes has one word a message: event, unchanged, repeated, older, no_order or too_large; ids has those of " +
      "the order events.",
    example: [JSON.parse(SAMPLE) as unknown],
    answer: { ids: [`iiko-${"0".repeat(64)}`], outcomes: ["event"], status: 200 },
    refusals: "400, 401, 413 and 503 answer { error, status }.",
  },
];
