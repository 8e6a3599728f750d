import { reencryptSecondFactors } from "@/lib/auth/second-factor/stored-keys";
import { jsonAnswer } from "@/lib/http/answers";
import { apiMethods, apiRoute } from "@/lib/http/route";
import { reencryptSecrets } from "@/lib/webhooks/reencrypt-secrets";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute({ role: "admin" }, async ({ actor }) => {
    await reencryptSecondFactors({ actor });
    return jsonAnswer(await reencryptSecrets({ actor }));
  }),
});
