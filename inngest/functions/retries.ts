/** For a database or a product that is away. As many as Inngest allows: they span most of a day. */
export const RETRIES = 20;
