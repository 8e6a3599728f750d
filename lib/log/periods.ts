const HOUR_MS = 3_600_000;

/** The times that end now and can be chosen, by how long they are in milliseconds. */
export const PERIOD_MS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS } as const;
export type Period = keyof typeof PERIOD_MS;
export const PERIODS = Object.keys(PERIOD_MS) as [Period, ...Period[]];
