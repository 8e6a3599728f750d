/** For faults of ours, the database being away for one. Ten span about an hour and a half, as the pauses double. */
export const RETRIES = 10;
