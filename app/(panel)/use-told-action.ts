"use client";

import { toast } from "sonner";
import { type Action, useAction } from "./use-action";

/** As `useAction`, for what needs no answer on the page: a toast says what was done, in the words of `done`, or why not. */
export function useToldAction<Input, Data>(
  action: Action<Input, Data>,
  done: (data: Data, input: Input) => string,
): Action<Input, Data> {
  const act = useAction(action);
  return async (input) => {
    const result = await act(input);
    if (result.ok) toast.success(done(result.data, input));
    else toast.error(result.message);
    return result;
  };
}
