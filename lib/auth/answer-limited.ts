/**
 * next-auth answers every refused sign-in with 401 and the reason in an address; a limit is answered as HTTP says it:
 * 429 with `Retry-After` in seconds. Any other answer is returned as it is.
 */
export async function answerLimited(answer: Response): Promise<Response> {
  if (answer.status !== 401) return answer;
  const body = await answer.clone().text();
  const seconds = /[?&]error=rate_limited(?:%20|\+)(\d{1,6})/.exec(
    `${answer.headers.get("location")} ${body}`,
  )?.[1];
  if (!seconds) return answer;
  const headers = new Headers(answer.headers);
  headers.set("retry-after", seconds);
  return new Response(body, { status: 429, headers });
}
