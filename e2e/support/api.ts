export type Answer = { status: number; headers: Headers; body: unknown };

export type Api = {
  get: (path: string) => Promise<Answer>;
  post: (path: string, body?: unknown) => Promise<Answer>;
  put: (path: string, body: unknown) => Promise<Answer>;
  patch: (path: string, body: unknown) => Promise<Answer>;
  delete: (path: string) => Promise<Answer>;
};

type ApiOptions = { url: string; token?: string | undefined; timeoutMs?: number };

/** The product's REST API as a stranger's script sees it; `path` is below `/api/v1`. */
export function createApi({ url, token, timeoutMs = 60_000 }: ApiOptions): Api {
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: bodyText(body),
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    return answerOf(response);
  };
  return {
    get: (path) => call("GET", path),
    post: (path, body) => call("POST", path, body),
    put: (path, body) => call("PUT", path, body),
    patch: (path, body) => call("PATCH", path, body),
    delete: (path) => call("DELETE", path),
  };
}

/** Deletes every webhook there is. */
export async function removeWebhooks(api: Api): Promise<void> {
  for (const { id } of (await api.get("/outgoing-webhooks")).body as { id: number }[]) {
    await api.delete(`/outgoing-webhooks/${id}`);
  }
}

/** Sends one order event or several as iiko-base does: `POST /e/{eventKey}`. A string goes as it is. */
export async function sendEvents({
  url,
  eventKey,
  events,
}: {
  url: string;
  eventKey: string;
  events: unknown;
}) {
  const response = await fetch(`${url}/e/${eventKey}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: bodyText(events),
    signal: AbortSignal.timeout(60_000),
  });
  return answerOf(response);
}

/** Sends messages as iiko Cloud does: `POST /iiko/{eventKey}`, always an array, each as its own text. */
export async function sendIikoMessages(input: {
  url: string;
  eventKey: string;
  texts: string[];
  headers?: Record<string, string>;
  timeoutMs?: number;
}) {
  const response = await fetch(`${input.url}/iiko/${input.eventKey}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...input.headers },
    body: `[${input.texts.join(",")}]`,
    signal: AbortSignal.timeout(input.timeoutMs ?? 60_000),
  });
  return answerOf(response);
}

function bodyText(body: unknown): string | null {
  if (body === undefined) return null;
  return typeof body === "string" ? body : JSON.stringify(body);
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
