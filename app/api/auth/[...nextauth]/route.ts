import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { answerLimited } from "@/lib/auth/answer-limited";
import { authOptions } from "@/lib/auth/options";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, context: Context): Promise<Response> {
  return answerLimited(await NextAuth(request, context, authOptions(request.headers)));
}

export { handle as GET, handle as POST };
