import { receiveAtInspector } from "@/lib/inspector/receive";

type Context = { params: Promise<{ token: string }> };

/** The inspector where scripts/start.mjs does not serve it (app/inspector-intake): header names are in lower case. */
async function receive(request: Request, { params }: Context): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const answer = await receiveAtInspector({
    token: (await params).token,
    method: request.method,
    target: pathname + search,
    headers: [...request.headers],
    isSpeltAsSent: false,
    request,
    gone: request.signal,
  });
  return answer ?? brokenOff();
}

/** What comes nearest to a dropped connection: an answer that ends in the middle. */
function brokenOff(): Response {
  return new Response(new ReadableStream({ start: (body) => body.error(new Error("dropped")) }));
}

export const GET = receive;
export const HEAD = receive;
export const POST = receive;
export const PUT = receive;
export const PATCH = receive;
export const DELETE = receive;
export const OPTIONS = receive;
