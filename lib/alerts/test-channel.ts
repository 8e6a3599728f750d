import { deleteAlertFault } from "@/db/queries/alert-faults";
import { linkToWebhooks } from "@/lib/alerts/alert-text";
import type { ChannelName } from "@/lib/alerts/channel-names";
import { alertChannels } from "@/lib/alerts/channels";
import { noteAlertFault } from "@/lib/alerts/note-fault";
import { readAlertSettings } from "@/lib/alerts/stored-settings";
import { ALERT_WORDS } from "@/lib/alerts/words/words";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";

/**
 * Sends a message that says that it is a test by a channel as it is set up now, also by one that is switched off.
 * Admins only. Throws not_found for a channel that is not set up, and unavailable saying why it was not taken.
 */
export async function testAlertChannel({ actor, name }: { actor: Actor; name: ChannelName }): Promise<void> {
  requireRole(actor, "admin");
  const settings = env();
  const stored = await readAlertSettings();
  const channel = alertChannels(settings, stored).find((known) => known.name === name);
  if (!channel) throw new AppError("not_found", refuse("alert_not_set_up"));
  const words = ALERT_WORDS[stored.rules.language];
  const link = linkToWebhooks({ appUrl: settings.APP_URL, words });
  try {
    await channel.send({
      subject: `🔔 ${words.test.subject}`,
      text: `🔔 ${words.test.text}\n\n${words.test.panel(link)}\n`,
    });
    await deleteAlertFault(name);
  } catch (error) {
    throw new AppError("unavailable", await noteAlertFault({ channel, error }));
  }
}
