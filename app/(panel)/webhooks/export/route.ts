import { z } from "zod";
import { AppError } from "@/lib/errors";
import { exportWebhooks } from "@/lib/webhooks/export";
import { forActor } from "../../for-actor";

const Ids = z
  .string()
  .regex(/^\d{1,9}(,\d{1,9}){0,499}$/)
  .transform((text) => text.split(",").map(Number))
  .optional();

/** The webhooks named in `ids`, or all of them, as a file to keep. */
export const GET = forActor(async ({ actor, request }) => {
  const ids = Ids.safeParse(new URL(request.url).searchParams.get("ids") ?? undefined);
  if (!ids.success) return Response.json({ error: "ids: expected ids with commas" }, { status: 400 });
  try {
    const file = await exportWebhooks({ actor, webhookIds: ids.data });
    const name = `webhooks-${file.exported_at.slice(0, 10)}.json`;
    return new Response(`${JSON.stringify(file, null, 2)}\n`, {
      headers: {
        "content-type": "application/json",
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return Response.json({ error: error.message }, { status: 403 });
  }
});
