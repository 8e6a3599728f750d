export const CHANNELS = ["telegram", "email"] as const;
export type ChannelName = (typeof CHANNELS)[number];

/** How a mail server is spoken to: TLS from the first byte, TLS or nothing, TLS where the server offers it. */
export const EMAIL_SECURITY = ["tls", "starttls", "auto"] as const;
export type EmailSecurity = (typeof EMAIL_SECURITY)[number];
