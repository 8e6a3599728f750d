import type { z } from "zod";
import type { Actor, Role } from "@/lib/auth/actor";
import { jsonAnswer, pageAnswer } from "@/lib/http/answers";
import type { Page } from "@/lib/http/cursor";
import { type PathParams, parsePathParams } from "@/lib/http/path-params";
import type { ProblemKind } from "@/lib/http/problem";
import { parseQuery } from "@/lib/http/query";
import { readJson } from "@/lib/http/read-json";
import type { ApiCall, HttpRequest, Method } from "@/lib/http/route";
import { SCHEMAS, type SchemaName } from "@/lib/openapi/schemas";
import { parseInput } from "@/lib/parse-input";

type Description = {
  id: string;
  tag: "Webhooks" | "Log" | "Order events" | "Administration";
  method: Method;
  summary: string;
  description?: string;
  role: Role;
  /** Beside those that every operation with such a path, query or body can meet. */
  problems?: ProblemKind[];
};
type AnswerDescription = { description: string; schema: SchemaName; example: unknown };

/** An operation of the API as the document describes it and the router calls it. */
export type Operation = Description & {
  path: string;
  query?: z.ZodObject;
  body?: { schema: SchemaName; example: unknown };
  answer: AnswerDescription & { status: number; isPage?: boolean };
  answerCall: (call: ApiCall) => Promise<Response>;
};

type Body<Value> = {
  schema: SchemaName;
  example: unknown;
  /** Left out where the handler reads the request itself. */
  parse?: (value: unknown) => Value;
};

type Call<Path extends string, Query extends z.ZodObject, Value> = {
  request: HttpRequest;
  actor: Actor;
  params: PathParams<Path>;
  query: z.output<Query>;
  body: Value;
  /** To add headers to the answer. */
  headers: Headers;
};

type Declared<Path extends string, Query extends z.ZodObject, Value> = Description & {
  path: Path;
  query?: Query;
  body?: Body<Value>;
};

/** An operation that answers with what `handle` returns. */
export function operation<const Path extends string, Query extends z.ZodObject, Value>({
  handle,
  ...declared
}: Declared<Path, Query, Value> & {
  answer: AnswerDescription & { status: 200 | 201 | 202 };
  handle: (call: Call<Path, Query, Value>) => Promise<unknown>;
}): Operation {
  return {
    ...declared,
    answerCall: async (apiCall) => {
      const call = await parseCall(declared, apiCall);
      const body = await handle(call);
      return jsonAnswer(body, { status: declared.answer.status, headers: call.headers });
    },
  };
}

/** An operation that answers with a page of a list, newest first. */
export function pageOperation<const Path extends string, Query extends z.ZodObject>({
  handle,
  answer,
  ...declared
}: Declared<Path, Query, never> & {
  answer: Omit<AnswerDescription, "description"> & { description?: string };
  handle: (call: Call<Path, Query, never>) => Promise<Page<unknown>>;
}): Operation {
  return {
    description: "Newest first. The address of the next page is in the Link header.",
    ...declared,
    answer: { status: 200, description: "A page", isPage: true, ...answer },
    answerCall: async (apiCall) => {
      const page = await handle(await parseCall(declared, apiCall));
      return pageAnswer({ request: apiCall.request, ...page });
    },
  };
}

/** A JSON body that the named schema judges; an unknown field is answered with the nearest of `known`. */
export function bodyOf<Name extends SchemaName>({
  schema,
  known,
  example,
}: {
  schema: Name;
  known: readonly string[];
  example: unknown;
}): Body<z.output<(typeof SCHEMAS)[Name]>> {
  const judge = SCHEMAS[schema] as z.ZodType as z.ZodType<z.output<(typeof SCHEMAS)[Name]>>;
  return { schema, example, parse: (value) => parseInput({ schema: judge, value, known }) };
}

async function parseCall<Path extends string, Query extends z.ZodObject, Value>(
  { path, query, body }: Declared<Path, Query, Value>,
  { request, actor, texts }: ApiCall,
): Promise<Call<Path, Query, Value>> {
  const { searchParams } = new URL(request.url);
  return {
    request,
    actor,
    params: parsePathParams(path, texts),
    query: (query ? parseQuery({ schema: query, searchParams }) : {}) as z.output<Query>,
    body: (body?.parse ? body.parse(await readJson(request)) : undefined) as Value,
    headers: new Headers(),
  };
}
