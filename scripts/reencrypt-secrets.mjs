import nextEnv from "@next/env";

// Talks to the running server: the embedded database must not be opened by a second process.
nextEnv.loadEnvConfig(process.cwd(), false, { info: () => {}, error: console.error });
const url = process.env.APP_URL || `http://127.0.0.1:${process.env.PORT || 3000}`;
const token = process.env.API_TOKEN || process.env.BOOTSTRAP_API_TOKEN;

if (!token) fail("Give an admin's API token: API_TOKEN=… npm run secrets:reencrypt");
try {
  const response = await fetch(new URL("/api/v1/admin/reencrypt-secrets", url), {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
  });
  const answer = await response.json();
  if (!response.ok) fail(`${url} answered ${response.status}: ${answer.detail}`);
  console.log(
    `✓ ${answer.reencrypted} of ${answer.webhooks} webhooks had secrets under an older key; none has now.`,
  );
  console.log("  Take the older keys out of ENCRYPTION_KEY and restart every process.");
} catch (error) {
  fail(
    `${url} cannot be reached (${error.cause?.code ?? error.message}). Start the product, or set APP_URL.`,
  );
}

function fail(message) {
  console.error(`✗ ${message}`);
  process.exit(1);
}
