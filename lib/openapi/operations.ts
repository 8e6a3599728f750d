import type { z } from "zod";
import type { Role } from "@/lib/auth/actor";
import type { ProblemKind } from "@/lib/http/problem";
import type { Method } from "@/lib/http/route";
import { AttemptFilters, WebhookAttemptFilters } from "@/lib/log/attempt-filters";
import { OrderEventFilters } from "@/lib/log/order-event-filters";
import { EXAMPLES } from "@/lib/openapi/examples";
import type { SchemaName } from "@/lib/openapi/schemas";
import { WebhookListQuery } from "@/lib/webhooks/list-query";

export type Operation = {
  id: string;
  tag: "Webhooks" | "Log" | "Order events" | "Administration";
  method: Method;
  path: string;
  summary: string;
  description?: string;
  role: Role;
  query?: z.ZodObject;
  body?: { schema: SchemaName; example: unknown };
  answer: {
    status: number;
    description: string;
    schema: SchemaName;
    isPage?: boolean;
    isList?: boolean;
    example: unknown;
  };
  problems?: ProblemKind[];
};

const WEBHOOK = "/outgoing-webhooks/{webhook_id}";
const ATTEMPT = "/outgoing-webhook-logs/{log_id}";
const PAGED = "Newest first. The address of the next page is in the Link header.";

/** Every operation of contract 3; the document, the page and the tests are made from this table. */
export const OPERATIONS: Operation[] = [
  {
    id: "listWebhooks",
    tag: "Webhooks",
    method: "GET",
    path: "/outgoing-webhooks",
    summary: "List webhooks",
    description:
      "With their statistics, newest first. All of them, or with `limit` a page: the next one's address is then in the Link header.",
    role: "viewer",
    query: WebhookListQuery,
    answer: {
      status: 200,
      description: "The webhooks",
      schema: "Webhook",
      isList: true,
      example: [EXAMPLES.webhook],
    },
  },
  {
    id: "createWebhook",
    tag: "Webhooks",
    method: "POST",
    path: "/outgoing-webhooks",
    summary: "Create a webhook",
    description: "Only name and webhook_url must be given. An unknown field is refused by name.",
    role: "manager",
    body: { schema: "WebhookCreate", example: EXAMPLES.newWebhook },
    answer: { status: 201, description: "The webhook", schema: "Webhook", example: EXAMPLES.webhook },
  },
  {
    id: "getWebhook",
    tag: "Webhooks",
    method: "GET",
    path: WEBHOOK,
    summary: "Get a webhook",
    role: "viewer",
    answer: { status: 200, description: "The webhook", schema: "Webhook", example: EXAMPLES.webhook },
  },
  ...(["PATCH", "PUT"] as const).map(
    (method): Operation => ({
      id: method === "PUT" ? "putWebhook" : "updateWebhook",
      tag: "Webhooks",
      method,
      path: WEBHOOK,
      summary: method === "PUT" ? "Change a webhook (PUT)" : "Change a webhook",
      description:
        'Changes the fields given and no others, with PUT as with PATCH. null clears a field; "***" keeps a secret ' +
        "as it is, so that what was read can be sent back. Switching off cancels what is pending.",
      role: "manager",
      body: { schema: "WebhookPatch", example: { is_active: false } },
      answer: { status: 200, description: "The webhook", schema: "Webhook", example: EXAMPLES.webhook },
    }),
  ),
  {
    id: "deleteWebhook",
    tag: "Webhooks",
    method: "DELETE",
    path: WEBHOOK,
    summary: "Delete a webhook",
    description: "Its log goes too, and what is pending is cancelled.",
    role: "manager",
    answer: { status: 200, description: "It is gone", schema: "Success", example: { success: true } },
  },
  {
    id: "testWebhook",
    tag: "Webhooks",
    method: "POST",
    path: `${WEBHOOK}/test`,
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
  },
  {
    id: "rotateSecret",
    tag: "Webhooks",
    method: "POST",
    path: `${WEBHOOK}/rotate-secret`,
    summary: "Rotate the signing secret",
    description: "The new secret is shown this once. The old one signs along for 24 hours.",
    role: "manager",
    answer: {
      status: 200,
      description: "The new secret",
      schema: "SigningSecret",
      example: EXAMPLES.signingSecret,
    },
  },
  {
    id: "listWebhookAttempts",
    tag: "Log",
    method: "GET",
    path: `${WEBHOOK}/logs`,
    summary: "List the attempts of one webhook",
    description: PAGED,
    role: "viewer",
    query: WebhookAttemptFilters,
    answer: {
      status: 200,
      description: "A page",
      schema: "Attempt",
      isPage: true,
      example: [EXAMPLES.attempt],
    },
  },
  {
    id: "listAttempts",
    tag: "Log",
    method: "GET",
    path: "/outgoing-webhook-logs",
    summary: "List attempts",
    description: PAGED,
    role: "viewer",
    query: AttemptFilters,
    answer: {
      status: 200,
      description: "A page",
      schema: "Attempt",
      isPage: true,
      example: [EXAMPLES.attempt],
    },
  },
  {
    id: "getAttempt",
    tag: "Log",
    method: "GET",
    path: ATTEMPT,
    summary: "Get an attempt",
    description: "With headers and, from the role operator up, bodies.",
    role: "viewer",
    answer: {
      status: 200,
      description: "The attempt",
      schema: "AttemptDetail",
      example: EXAMPLES.attemptDetail,
    },
  },
  {
    id: "resendAttempt",
    tag: "Log",
    method: "POST",
    path: `${ATTEMPT}/resend`,
    summary: "Resend",
    description: "A new delivery of the same order event to the same webhook.",
    role: "manager",
    answer: { status: 202, description: "It is on its way", schema: "Resent", example: EXAMPLES.resent },
    problems: ["conflict"],
  },
  {
    id: "resendFailed",
    tag: "Log",
    method: "POST",
    path: `${WEBHOOK}/resend-failed`,
    summary: "Resend what failed",
    description: "Every failed delivery made from since to until once more, unless it got through meanwhile.",
    role: "manager",
    body: { schema: "ResendFailedRequest", example: EXAMPLES.resendFailed },
    answer: { status: 202, description: "How many", schema: "ResentCount", example: { count: 12 } },
    problems: ["conflict"],
  },
  {
    id: "sendOrderEvents",
    tag: "Order events",
    method: "POST",
    path: "/events",
    summary: "Send order events",
    description:
      "One event or an array of up to 5000, each up to 3 MiB, 64 MiB in all. They are kept when the answer comes. " +
      "An id deduplicates. An event that does not fit is kept too, and named in rejected.",
    role: "operator",
    body: { schema: "OrderEvents", example: EXAMPLES.orderEvent },
    answer: {
      status: 200,
      description: "They are kept",
      schema: "AcceptedEvents",
      example: EXAMPLES.acceptedEvents,
    },
    problems: ["unavailable"],
  },
  {
    id: "listOrderEvents",
    tag: "Order events",
    method: "GET",
    path: "/order-events",
    summary: "List what came in",
    description: PAGED,
    role: "viewer",
    query: OrderEventFilters,
    answer: {
      status: 200,
      description: "A page",
      schema: "OrderEventSummary",
      isPage: true,
      example: [EXAMPLES.orderEventSummary],
    },
  },
  {
    id: "getOrderEvent",
    tag: "Order events",
    method: "GET",
    path: "/order-events/{event_id}",
    summary: "Get an order event",
    description: "With the decision for each webhook: sent, with its deliveries, or not and why.",
    role: "viewer",
    answer: {
      status: 200,
      description: "The event",
      schema: "OrderEventDetail",
      example: EXAMPLES.orderEventDetail,
    },
  },
  {
    id: "reencryptSecrets",
    tag: "Administration",
    method: "POST",
    path: "/admin/reencrypt-secrets",
    summary: "Encrypt secrets anew",
    description:
      "Encrypts every webhook's secrets under the first key of ENCRYPTION_KEY; then the older keys can be taken out.",
    role: "admin",
    answer: {
      status: 200,
      description: "How many webhooks there are and how many were changed",
      schema: "Reencrypted",
      example: { webhooks: 10, reencrypted: 3 },
    },
    problems: ["conflict"],
  },
];
