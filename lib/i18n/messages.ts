// Only an imported module can be augmented below.
import type {} from "next-intl";
import type { Locale } from "./locales";
import enAudit from "./messages/en/audit.json";
import enCommon from "./messages/en/common.json";
import enFaults from "./messages/en/faults.json";
import enPassword from "./messages/en/password.json";
import enShell from "./messages/en/shell.json";
import enSignIn from "./messages/en/sign-in.json";
import enTokens from "./messages/en/tokens.json";
import enUsers from "./messages/en/users.json";
import ruAudit from "./messages/ru/audit.json";
import ruCommon from "./messages/ru/common.json";
import ruFaults from "./messages/ru/faults.json";
import ruPassword from "./messages/ru/password.json";
import ruShell from "./messages/ru/shell.json";
import ruSignIn from "./messages/ru/sign-in.json";
import ruTokens from "./messages/ru/tokens.json";
import ruUsers from "./messages/ru/users.json";

const ru = {
  audit: ruAudit,
  common: ruCommon,
  faults: ruFaults,
  password: ruPassword,
  shell: ruShell,
  signIn: ruSignIn,
  tokens: ruTokens,
  users: ruUsers,
};
const en: Messages = {
  audit: enAudit,
  common: enCommon,
  faults: enFaults,
  password: enPassword,
  shell: enShell,
  signIn: enSignIn,
  tokens: enTokens,
  users: enUsers,
};

/** What Russian says is the model: another language that lacks a text does not compile. */
export type Messages = typeof ru;

/** The texts of the panel, one file per language and area: a new area is imported above and named twice. */
export const MESSAGES: Record<Locale, Messages> = { ru, en };

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
