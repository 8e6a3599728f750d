import { getLocale, getTimeZone } from "next-intl/server";
import { csvStream } from "@/lib/csv";
import { exportAttempts } from "@/lib/log/export-attempts";
import { forActor } from "../../for-actor";
import { readLogQuery, toAttemptFilters } from "../log-query";
import { attemptCells, csvHead, csvWords } from "./attempt-cells";

/** The log with the filters of the address as a CSV file, in the reader's language and time zone. */
export const GET = forActor(async ({ actor, request }) => {
  const now = new Date();
  const query = readLogQuery(Object.fromEntries(new URL(request.url).searchParams));
  const filters = await toAttemptFilters({ actor, query: { ...query, before: undefined }, now });
  const words = await csvWords(await getTimeZone());
  const attempts = exportAttempts({ actor, filters });
  const stream = csvStream({
    head: csvHead(words),
    pages: cellsOf(attempts, words),
    // What Excel expects goes by the system's language: in Russian a comma stands in numbers.
    separator: (await getLocale()) === "ru" ? ";" : ",",
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="webhook-log-${now.toISOString().slice(0, 10)}.csv"`,
      "cache-control": "no-store",
    },
  });
});

async function* cellsOf(
  pages: ReturnType<typeof exportAttempts>,
  words: Awaited<ReturnType<typeof csvWords>>,
) {
  for await (const page of pages) yield page.map((attempt) => attemptCells({ attempt, words }));
}
