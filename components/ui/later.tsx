"use client";

import { useTranslations } from "next-intl";
import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { toast } from "sonner";

const RETRY_MS = 3_000;

type LaterProps = {
  /** Instead of it until it has come. */
  until?: ReactNode;
};

/**
 * A component whose code comes when the page rests, so that the page itself answers sooner. Shown before that, it
 * appears as soon as it has come; without a connection it says so and goes on trying.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props & LaterProps> {
  let come: ComponentType<Props> | null = null;
  const get = async () => {
    come ??= await load();
    return come;
  };
  whenAtRest(() => void get().catch(() => {}));

  return function Later({ until = null, ...props }: Props & LaterProps) {
    const t = useTranslations("common");
    const [Component, setComponent] = useState(() => come);
    const hasCome = Component !== null;
    useEffect(() => {
      if (hasCome) return;
      let retry: ReturnType<typeof setTimeout>;
      let isGone = false;
      const show = (isFirst: boolean) =>
        get().then(
          (loaded) => isGone || setComponent(() => loaded),
          () => {
            if (isGone) return;
            if (isFirst) toast.error(t("noConnection"));
            retry = setTimeout(show, RETRY_MS, false);
          },
        );
      void show(true);
      return () => {
        isGone = true;
        clearTimeout(retry);
      };
    }, [hasCome, t]);
    return Component ? <Component {...(props as unknown as Props)} /> : until;
  };
}

/** Once the page has loaded and its browser has nothing else to do; never on the server. */
function whenAtRest(run: () => void): void {
  if (typeof window === "undefined") return;
  // Safari has no idle callbacks.
  const wait = () => ("requestIdleCallback" in window ? requestIdleCallback(run) : setTimeout(run, 500));
  if (document.readyState === "complete") wait();
  else window.addEventListener("load", wait, { once: true });
}
