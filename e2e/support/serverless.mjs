// What Vercel's runtime gives to Next, and when a function has nothing more to do after its answer and stands still.
const context = {
  waitUntil: (promise) => void promise.finally(() => console.log("the function stands still")),
};
globalThis[Symbol.for("@next/request-context")] = { get: () => context };
