import { setTimeout as sleep } from "node:timers/promises";
import { after } from "next/server";
import { waitingForInngest } from "./hand-over";

const LOOK_AGAIN_MS = 20;

/** Vercel's functions stand still once they have answered: that of this request goes on until Inngest was told. */
export function finishTelling(): void {
  if (!process.env.VERCEL) return;
  after(async () => {
    while (waitingForInngest() > 0) await sleep(LOOK_AGAIN_MS);
  });
}
