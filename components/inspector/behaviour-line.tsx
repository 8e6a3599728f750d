import { useTranslations } from "next-intl";
import type { Behaviour } from "@/lib/inspector/behaviour";

/** What the inspector answers, for those who may not change it. */
export function BehaviourLine({ behaviour }: { behaviour: Behaviour }) {
  const t = useTranslations("inspector");
  const { answer, when, count, delaySeconds } = behaviour;
  return (
    <p className="border-t pt-4">
      <span className="text-muted-foreground">{t("now")}: </span>
      {t("nowAnswer", { when, count, answer: t(`answers.${answer}`), delay: delaySeconds })}
      {when !== "always" && <span className="text-muted-foreground"> {t("othersGet")}</span>}
    </p>
  );
}
