import { startDeliveries } from "@/inngest/send";
import { resendAttempt } from "@/lib/deliveries/resend";
import { resendFailed } from "@/lib/deliveries/resend-failed";
import { AttemptFilters, WebhookAttemptFilters } from "@/lib/log/attempt-filters";
import { toAttemptView } from "@/lib/log/attempt-view";
import { getAttempt } from "@/lib/log/get-attempt";
import { listAttempts } from "@/lib/log/list-attempts";
import { EXAMPLES } from "@/lib/openapi/examples";
import { bodyOf, type Operation, operation, pageOperation } from "@/lib/openapi/operation";
import { getWebhook } from "@/lib/webhooks/get";

export const LOG_OPERATIONS: Operation[] = [
  pageOperation({
    id: "listWebhookAttempts",
    tag: "Log",
    method: "GET",
    path: "/outgoing-webhooks/{webhook_id}/logs",
    summary: "List the attempts of one webhook",
    role: "viewer",
    query: WebhookAttemptFilters,
    answer: { schema: "Attempt", example: [EXAMPLES.attempt] },
    handle: async ({ actor, params, query }) => {
      // A webhook that does not exist is not one with an empty log.
      await getWebhook({ actor, webhookId: params.webhook_id });
      const page = await listAttempts({ actor, filters: { ...query, webhook_id: params.webhook_id } });
      return { ...page, items: page.items.map(toAttemptView) };
    },
  }),
  pageOperation({
    id: "listAttempts",
    tag: "Log",
    method: "GET",
    path: "/outgoing-webhook-logs",
    summary: "List attempts",
    role: "viewer",
    query: AttemptFilters,
    answer: { schema: "Attempt", example: [EXAMPLES.attempt] },
    handle: async ({ actor, query }) => {
      const page = await listAttempts({ actor, filters: query });
      return { ...page, items: page.items.map(toAttemptView) };
    },
  }),
  operation({
    id: "getAttempt",
    tag: "Log",
    method: "GET",
    path: "/outgoing-webhook-logs/{log_id}",
    summary: "Get an attempt",
    description: "With headers and, from the role operator up, bodies.",
    role: "viewer",
    answer: {
      status: 200,
      description: "The attempt",
      schema: "AttemptDetail",
      example: EXAMPLES.attemptDetail,
    },
    handle: async ({ actor, params }) => toAttemptView(await getAttempt({ actor, logId: params.log_id })),
  }),
  operation({
    id: "resendAttempt",
    tag: "Log",
    method: "POST",
    path: "/outgoing-webhook-logs/{log_id}/resend",
    summary: "Resend",
    description: "A new delivery of the same order event to the same webhook.",
    role: "manager",
    answer: { status: 202, description: "It is on its way", schema: "Resent", example: EXAMPLES.resent },
    problems: ["conflict"],
    handle: async ({ actor, params }) => {
      const delivery = await resendAttempt({ actor, logId: params.log_id });
      await startDeliveries([delivery]);
      return { delivery_id: delivery.id };
    },
  }),
  operation({
    id: "resendFailed",
    tag: "Log",
    method: "POST",
    path: "/outgoing-webhooks/{webhook_id}/resend-failed",
    summary: "Resend what failed",
    description: "Every failed delivery made from since to until once more, unless it got through meanwhile.",
    role: "manager",
    body: bodyOf({
      schema: "ResendFailedRequest",
      known: ["since", "until"],
      example: EXAMPLES.resendFailed,
    }),
    answer: { status: 202, description: "How many", schema: "ResentCount", example: { count: 12 } },
    problems: ["conflict"],
    handle: async ({ actor, params, body: { since, until } }) => {
      const deliveries = await resendFailed({ actor, webhookId: params.webhook_id, since, until });
      await startDeliveries(deliveries);
      return { count: deliveries.length };
    },
  }),
];
