// Only an imported module can be augmented below.
import type {} from "next-intl";
import type { Locale } from "./locales";
import enAlerts from "./messages/en/alerts.json";
import enApiDocs from "./messages/en/api-docs.json";
import enAudit from "./messages/en/audit.json";
import enBulk from "./messages/en/bulk.json";
import enCommon from "./messages/en/common.json";
import enFaults from "./messages/en/faults.json";
import enFirstSteps from "./messages/en/first-steps.json";
import enHelp from "./messages/en/help.json";
import enInspector from "./messages/en/inspector.json";
import enLogs from "./messages/en/logs.json";
import enOrders from "./messages/en/orders.json";
import enOverview from "./messages/en/overview.json";
import enPassword from "./messages/en/password.json";
import enSecondFactor from "./messages/en/second-factor.json";
import enSessions from "./messages/en/sessions.json";
import enShell from "./messages/en/shell.json";
import enSignIn from "./messages/en/sign-in.json";
import enSources from "./messages/en/sources.json";
import enTokens from "./messages/en/tokens.json";
import enUsers from "./messages/en/users.json";
import enWebhookFile from "./messages/en/webhook-file.json";
import enWebhookForm from "./messages/en/webhook-form.json";
import enWebhookTest from "./messages/en/webhook-test.json";
import enWebhooks from "./messages/en/webhooks.json";
import ruAlerts from "./messages/ru/alerts.json";
import ruApiDocs from "./messages/ru/api-docs.json";
import ruAudit from "./messages/ru/audit.json";
import ruBulk from "./messages/ru/bulk.json";
import ruCommon from "./messages/ru/common.json";
import ruFaults from "./messages/ru/faults.json";
import ruFirstSteps from "./messages/ru/first-steps.json";
import ruHelp from "./messages/ru/help.json";
import ruInspector from "./messages/ru/inspector.json";
import ruLogs from "./messages/ru/logs.json";
import ruOrders from "./messages/ru/orders.json";
import ruOverview from "./messages/ru/overview.json";
import ruPassword from "./messages/ru/password.json";
import ruSecondFactor from "./messages/ru/second-factor.json";
import ruSessions from "./messages/ru/sessions.json";
import ruShell from "./messages/ru/shell.json";
import ruSignIn from "./messages/ru/sign-in.json";
import ruSources from "./messages/ru/sources.json";
import ruTokens from "./messages/ru/tokens.json";
import ruUsers from "./messages/ru/users.json";
import ruWebhookFile from "./messages/ru/webhook-file.json";
import ruWebhookForm from "./messages/ru/webhook-form.json";
import ruWebhookTest from "./messages/ru/webhook-test.json";
import ruWebhooks from "./messages/ru/webhooks.json";

const ru = {
  alerts: ruAlerts,
  apiDocs: ruApiDocs,
  audit: ruAudit,
  bulk: ruBulk,
  common: ruCommon,
  faults: ruFaults,
  firstSteps: ruFirstSteps,
  help: ruHelp,
  inspector: ruInspector,
  logs: ruLogs,
  orders: ruOrders,
  overview: ruOverview,
  password: ruPassword,
  secondFactor: ruSecondFactor,
  sessions: ruSessions,
  shell: ruShell,
  signIn: ruSignIn,
  sources: ruSources,
  tokens: ruTokens,
  users: ruUsers,
  webhookFile: ruWebhookFile,
  webhookForm: ruWebhookForm,
  webhookTest: ruWebhookTest,
  webhooks: ruWebhooks,
};
const en: Messages = {
  alerts: enAlerts,
  apiDocs: enApiDocs,
  audit: enAudit,
  bulk: enBulk,
  common: enCommon,
  faults: enFaults,
  firstSteps: enFirstSteps,
  help: enHelp,
  inspector: enInspector,
  logs: enLogs,
  orders: enOrders,
  overview: enOverview,
  password: enPassword,
  secondFactor: enSecondFactor,
  sessions: enSessions,
  shell: enShell,
  signIn: enSignIn,
  sources: enSources,
  tokens: enTokens,
  users: enUsers,
  webhookFile: enWebhookFile,
  webhookForm: enWebhookForm,
  webhookTest: enWebhookTest,
  webhooks: enWebhooks,
};

/** Russian is the model: a language that lacks one of its texts does not compile. */
export type Messages = typeof ru;

/** The panel's texts, one file for each language and area. A new area is imported above and named twice. */
export const MESSAGES: Record<Locale, Messages> = { ru, en };

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
