/** Set in a browser whose user has hidden the first steps. */
export const HIDDEN_COOKIE = "first-steps-hidden";
