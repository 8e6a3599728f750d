/** Requests with large bodies: few are in memory at once, and of one webhook one. */
export type LargeBodies = { tryTake: (webhookId: number) => boolean; free: (webhookId: number) => void };

const MAX_IN_FLIGHT = 8;

export function createLargeBodies(): LargeBodies {
  const sending = new Set<number>();
  return {
    tryTake: (webhookId) => {
      if (sending.has(webhookId) || sending.size === MAX_IN_FLIGHT) return false;
      sending.add(webhookId);
      return true;
    },
    free: (webhookId) => void sending.delete(webhookId),
  };
}
