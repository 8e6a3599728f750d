/** Programs that receive a webhook and check its signature (Standard Webhooks), shown in the help as they stand. */
export const VERIFY_SAMPLES = [
  {
    language: "Node",
    file: "receiver.mjs",
    code: `import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const key = Buffer.from(process.env.WEBHOOK_SECRET.replace(/^whsec_/, ""), "base64");
const TOLERANCE_SECONDS = 300;

function isGenuine(headers, rawBody) {
  const id = headers["webhook-id"] ?? "";
  const timestamp = headers["webhook-timestamp"] ?? "";
  const ageSeconds = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!/^\\d+$/.test(timestamp) || ageSeconds > TOLERANCE_SECONDS) return false;
  const expected = createHmac("sha256", key).update(\`\${id}.\${timestamp}.\`).update(rawBody).digest();
  return (headers["webhook-signature"] ?? "").split(" ").some((entry) => {
    const [version, signature = ""] = entry.split(",");
    const given = Buffer.from(signature, "base64");
    return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

const seen = new Set(); // use your database: the same webhook-id may come twice

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const rawBody = Buffer.concat(chunks);
  if (!isGenuine(request.headers, rawBody)) return response.writeHead(401).end("bad signature");
  const id = request.headers["webhook-id"];
  if (!seen.has(id)) {
    seen.add(id);
    const order = JSON.parse(rawBody.toString("utf8"));
    setImmediate(() => console.log(id, order)); // answer first, work afterwards
  }
  response.writeHead(200).end();
}).listen(process.env.PORT ?? 8080);
`,
  },
  {
    language: "PHP",
    file: "receiver.php",
    code: `<?php
const TOLERANCE_SECONDS = 300;

function is_genuine(string $secret, string $rawBody): bool
{
    $id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
    $timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        return false;
    }
    $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
    $expected = hash_hmac('sha256', "$id.$timestamp.$rawBody", $key, true);
    foreach (explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $entry) {
        [$version, $signature] = array_pad(explode(',', $entry, 2), 2, '');
        $given = base64_decode($signature, true);
        if ($version === 'v1' && $given !== false && hash_equals($expected, $given)) {
            return true;
        }
    }
    return false;
}

$rawBody = file_get_contents('php://input');
if (!is_genuine(getenv('WEBHOOK_SECRET'), $rawBody)) {
    http_response_code(401);
    exit('bad signature');
}
$id = $_SERVER['HTTP_WEBHOOK_ID']; // store it with a unique key: the same one may come twice
$order = json_decode($rawBody, true);
http_response_code(200);
// answer first, work afterwards: put $order into a queue here
`,
  },
  {
    language: "Python",
    file: "receiver.py",
    code: `import base64, hashlib, hmac, json, os, re, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
TOLERANCE_SECONDS = 300


def is_genuine(headers, raw_body: bytes) -> bool:
    webhook_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not re.fullmatch(r"[0-9]+", timestamp) or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    signed = f"{webhook_id}.{timestamp}.".encode() + raw_body
    expected = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    for entry in headers.get("webhook-signature", "").split(" "):
        version, _, signature = entry.partition(",")
        if version == "v1" and hmac.compare_digest(signature.encode(), expected.encode()):
            return True
    return False


seen = set()  # use your database: the same webhook-id may come twice


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        raw_body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not is_genuine(self.headers, raw_body):
            return self.answer(401)
        if self.headers["webhook-id"] not in seen:
            seen.add(self.headers["webhook-id"])
            print(json.loads(raw_body))  # answer first, work afterwards: put it into a queue
        self.answer(200)

    def answer(self, status):
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()


ThreadingHTTPServer(("", int(os.environ.get("PORT", "8080"))), Receiver).serve_forever()
`,
  },
] as const;
