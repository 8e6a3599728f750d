import { reencryptAlertSecrets } from "@/lib/alerts/stored-secrets";
import { reencryptSecondFactors } from "@/lib/auth/second-factor/stored-keys";
import { type Operation, operation } from "@/lib/openapi/operation";
import { reencryptSecrets } from "@/lib/webhooks/reencrypt-secrets";

export const ADMINISTRATION_OPERATIONS: Operation[] = [
  operation({
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
    handle: async ({ actor }) => {
      await reencryptSecondFactors({ actor });
      await reencryptAlertSecrets({ actor });
      return reencryptSecrets({ actor });
    },
  }),
];
