import { wakeWebhook } from "@/inngest/send";
import { testSend } from "@/lib/deliveries/test-send";
import { EXAMPLES } from "@/lib/openapi/examples";
import { bodyOf, type Operation, operation, pageOperation } from "@/lib/openapi/operation";
import { refusalText } from "@/lib/refusals/refusal-text";
import { createWebhook } from "@/lib/webhooks/create";
import { INPUT_FIELDS } from "@/lib/webhooks/fields";
import { getWebhook } from "@/lib/webhooks/get";
import { listWebhooks } from "@/lib/webhooks/list";
import { WebhookListQuery } from "@/lib/webhooks/list-query";
import { removeWebhook } from "@/lib/webhooks/remove";
import { rotateSecret } from "@/lib/webhooks/rotate-secret";
import { updateWebhook } from "@/lib/webhooks/update";
import type { WebhookView } from "@/lib/webhooks/view";

const PATH = "/outgoing-webhooks/{webhook_id}";
const THE_WEBHOOK = { description: "The webhook", schema: "Webhook", example: EXAMPLES.webhook } as const;

const change = {
  tag: "Webhooks",
  path: PATH,
  description:
    'Changes the fields given and no others, with PUT as with PATCH. null clears a field; "***" keeps a secret ' +
    "as it is, so that what was read can be sent back. Switching off cancels what is pending.",
  role: "manager",
  body: bodyOf({ schema: "WebhookPatch", known: INPUT_FIELDS, example: { is_active: false } }),
  answer: { status: 200, ...THE_WEBHOOK },
} as const;

export const WEBHOOK_OPERATIONS: Operation[] = [
  pageOperation({
    id: "listWebhooks",
    tag: "Webhooks",
    method: "GET",
    path: "/outgoing-webhooks",
    summary: "List webhooks",
    description:
      "With their statistics, newest first. All of them, or with `limit` a page: the next one's address is then in the Link header.",
    role: "viewer",
    query: WebhookListQuery,
    answer: { description: "The webhooks", schema: "Webhook", example: [EXAMPLES.webhook] },
    handle: listWebhooks,
  }),
  operation({
    id: "createWebhook",
    tag: "Webhooks",
    method: "POST",
    path: "/outgoing-webhooks",
    summary: "Create a webhook",
    description: "Only name and webhook_url must be given. An unknown field is refused by name.",
    role: "manager",
    body: bodyOf({ schema: "WebhookCreate", known: INPUT_FIELDS, example: EXAMPLES.newWebhook }),
    answer: { status: 201, ...THE_WEBHOOK },
    handle: async ({ actor, body, headers }) => {
      const webhook = await createWebhook({ actor, input: body });
      headers.set("location", `/api/v1/outgoing-webhooks/${webhook.id}`);
      return webhook;
    },
  }),
  operation({
    id: "getWebhook",
    tag: "Webhooks",
    method: "GET",
    path: PATH,
    summary: "Get a webhook",
    role: "viewer",
    answer: { status: 200, ...THE_WEBHOOK },
    handle: ({ actor, params }) => getWebhook({ actor, webhookId: params.webhook_id }),
  }),
  operation({
    ...change,
    id: "updateWebhook",
    method: "PATCH",
    summary: "Change a webhook",
    handle: ({ actor, params, body }) => updateAndWake({ actor, webhookId: params.webhook_id, input: body }),
  }),
  // iiko-base sends PUT with only the fields that it changes.
  operation({
    ...change,
    id: "putWebhook",
    method: "PUT",
    summary: "Change a webhook (PUT)",
    handle: ({ actor, params, body }) => updateAndWake({ actor, webhookId: params.webhook_id, input: body }),
  }),
  operation({
    id: "deleteWebhook",
    tag: "Webhooks",
    method: "DELETE",
    path: PATH,
    summary: "Delete a webhook",
    description: "Its log goes too, and what is pending is cancelled.",
    role: "manager",
    answer: { status: 200, description: "It is gone", schema: "Success", example: { success: true } },
    handle: async ({ actor, params }) => {
      await removeWebhook({ actor, webhookId: params.webhook_id });
      return { success: true };
    },
  }),
  operation({
    id: "testWebhook",
    tag: "Webhooks",
    method: "POST",
    path: `${PATH}/test`,
    summary: "Send a test",
    description:
      "Sends the test payload now and answers with what came back, also for a webhook that is off. It is logged " +
      "with the event type test and counts in no statistics.",
    role: "operator",
    answer: {
      status: 200,
      description: "What came back",
      schema: "TestResult",
      example: EXAMPLES.testResult,
    },
    handle: async ({ actor, params }) => {
      const sent = await testSend({ actor, webhookId: params.webhook_id });
      const { success, statusCode, durationMs, fault, response } = sent;
      const error = fault && refusalText(fault);
      return { success, status_code: statusCode, duration_ms: durationMs, error, response };
    },
  }),
  operation({
    id: "rotateSecret",
    tag: "Webhooks",
    method: "POST",
    path: `${PATH}/rotate-secret`,
    summary: "Rotate the signing secret",
    description: "The new secret is shown this once. The old one signs along for 24 hours.",
    role: "manager",
    answer: {
      status: 200,
      description: "The new secret",
      schema: "SigningSecret",
      example: EXAMPLES.signingSecret,
    },
    handle: async ({ actor, params }) => ({
      signing_secret: await rotateSecret({ actor, webhookId: params.webhook_id }),
    }),
  }),
];

// What held it up may be mended by the change.
async function updateAndWake(change: Parameters<typeof updateWebhook>[0]): Promise<WebhookView> {
  const webhook = await updateWebhook(change);
  await wakeWebhook(change.webhookId);
  return webhook;
}
