DROP INDEX "deliveries_given_up";--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "refusal" json;--> statement-breakpoint
ALTER TABLE "order_events" ADD COLUMN "refusals" json;--> statement-breakpoint
ALTER TABLE "outgoing_webhook_logs" ADD COLUMN "fault" json;--> statement-breakpoint
-- What was kept as an English sentence becomes the refusal that the sentence words; the functions go again below.
CREATE FUNCTION "said_otherwise"("said" text) RETURNS json LANGUAGE sql IMMUTABLE AS $$
  select json_build_object('code', 'other', 'text', said)
$$;--> statement-breakpoint
CREATE FUNCTION "fault_said"("said" text) RETURNS json LANGUAGE sql IMMUTABLE AS $$
  select (select json_object_agg(name, value order by place) from (
    select 'code' as name, code as value, 0 as place
    union all select name, value, place from unnest(names::text[], found) with ordinality as part(name, value, place)
  ) as parts)
  from (values
    (1, 'fault_timeout_connecting', '^No connection to (.+?) came about within (\d+) ms\.$', '{at,ms}'),
    (2, 'fault_timeout_waiting', '^(.+?) took the request but did not answer within (\d+) ms\.$', '{at,ms}'),
    (3, 'fault_timeout_reading', '^(.+?) began to answer but did not finish within (\d+) ms\.$', '{at,ms}'),
    (4, 'fault_dns_silent', '^The DNS did not answer when asked for (.+?): check the name''s DNS servers and this server''s own\.$', '{host}'),
    (5, 'fault_dns', '^The host name of (.+?) could not be resolved: check its spelling and its public DNS\.$', '{host}'),
    (6, 'fault_refused', '^(.+?) refused the connection: nothing listens on that port\.$', '{at}'),
    (7, 'fault_reset_connecting', '^(.+?) closed the connection before it was ready\.$', '{at}'),
    (8, 'fault_reset_waiting', '^(.+?) closed the connection without an answer\.$', '{at}'),
    (9, 'fault_reset_reading', '^(.+?) closed the connection in the middle of its answer\.$', '{at}'),
    (10, 'fault_unreachable', '^There is no way from this server to (.+?) \((.+?)\)\.$', '{at,detail}'),
    (11, 'fault_tls_expired', '^The TLS certificate of (.+?) has expired; the receiver must renew it\.$', '{host}'),
    (12, 'fault_tls_self_signed', '^The TLS certificate of (.+?) is self-signed; the receiver needs one from a public authority, or name the certificate''s file in NODE_EXTRA_CA_CERTS\.$', '{host}'),
    (13, 'fault_tls_hostname', '^The TLS certificate of (.+?) is for another name \((.+?)\)\.$', '{host,detail}'),
    (14, 'fault_tls_untrusted', '^The TLS certificate of (.+?) is not from a known authority: the receiver must send its intermediate certificate too; for a private authority name its file in NODE_EXTRA_CA_CERTS\.$', '{host}'),
    (15, 'fault_tls_version', '^(.+?) speaks a version of TLS older than 1\.2; the receiver must switch on TLS 1\.2 or 1\.3\.$', '{host}'),
    (16, 'fault_tls', '^No secure connection to (.+?) could be made \((.+?)\)\.$', '{host,detail}'),
    (17, 'fault_too_many_headers', '^(.+?) answered with more than 16 KiB of headers; they were not read on\.$', '{host}'),
    (18, 'fault_invalid_response', '^(.+?) did not answer in proper HTTP/1\.1 \((.+?)\)\.$', '{host,detail}'),
    (19, 'fault_invalid_request', '^No request to (.+?) could be made: check the webhook''s URL and headers \((.+?)\)\.$', '{host,detail}'),
    (20, 'fault_network', '^The exchange with (.+?) failed \((.+?)\)\.$', '{host,detail}'),
    (21, 'fault_redirect', '^(\S+) answered (\d+[^:]*?) and pointed to (.+?)\. Redirects are not followed; make that the webhook''s URL if it is the right one\.$', '{receiver,answer,to}'),
    (22, 'fault_status_401', '^(\S+) answered (\d+[^:]*?): check the webhook''s authorization type and its token or password\.$', '{receiver,answer}'),
    (23, 'fault_status_403', '^(\S+) answered (\d+[^:]*?): the token or user is known but may not do this\.$', '{receiver,answer}'),
    (24, 'fault_status_404', '^(\S+) answered (\d+[^:]*?): check the path in the webhook''s URL\.$', '{receiver,answer}'),
    (25, 'fault_status_410', '^(\S+) answered (\d+[^:]*?): the receiver wants no more deliveries\.$', '{receiver,answer}'),
    (26, 'fault_status_429', '^(\S+) answered (\d+[^:]*?): it wants fewer requests\.$', '{receiver,answer}'),
    (27, 'fault_status_5xx', '^(\S+) answered (\d+[^:]*?): the fault is on the receiver''s side\.$', '{receiver,answer}'),
    (28, 'fault_status_unknown', '^(\S+) answered (\d+[^:]*?): there is no such HTTP status\.$', '{receiver,answer}'),
    (29, 'fault_status', '^(\S+) answered (\d+[^:]*?)\.$', '{receiver,answer}'),
    (30, 'address_this_machine', '^(.+?) is this machine itself; webhooks may not reach it\. To allow it, add \1 to OUTBOUND_ALLOW\.$', '{host}'),
    (31, 'address_special', '^(.+?) is a (.+?) address; webhooks may reach only the public internet\. To allow it, add \1 to OUTBOUND_ALLOW\.$', '{address,kind}'),
    (32, 'address_resolved', '^(.+?) resolves to (.+?), a (.+?) address; webhooks may reach only the public internet\. To allow it, add \1 or \2 to OUTBOUND_ALLOW\.$', '{host,address,kind}')
  ) as known(rank, code, pattern, names)
  cross join lateral regexp_match(said, pattern) as found
  where found is not null order by rank limit 1
$$;--> statement-breakpoint
CREATE FUNCTION "reason_said"("said" text) RETURNS json LANGUAGE sql IMMUTABLE AS $$
  select (select json_object_agg(name, value order by place) from (
    select 'code' as name, to_json(code) as value, 0 as place
    union all
    select name, case when name = 'fault' then coalesce(fault_said(value), to_json(value)) else to_json(value) end, place
    from unnest(names::text[], found) with ordinality as part(name, value, place) where name is not null
  ) as parts)
  from (values
    (33, 'given_up_fault', '^Given up after (\d+) minutes\. The last fault: (.+?)$', '{minutes,fault}'),
    (34, 'given_up', '^Given up after (\d+) minutes\.$', '{minutes}'),
    (35, 'attempts_failed', '^All (\d+) attempts failed\. (.+?)$', '{attempts,fault}'),
    (36, 'attempt_failed', '^The only attempt failed\. (.+?)$', '{fault}'),
    (37, 'webhook_switched_off', '^The webhook was switched off\.$', '{}'),
    (38, 'webhook_switched_off_gone', '^The webhook was switched off: The receiver answered 410 Gone\.$', '{}'),
    (39, 'webhook_deleted', '^The webhook was deleted\.$', '{}'),
    (40, 'waiting_cancelled', '^It waited for its receiver, and a person cancelled it\.$', '{}'),
    (41, 'gone', '^The receiver answered 410 Gone\.$', '{}'),
    (42, 'gone_so_off', '^The receiver answered 410 Gone, so the webhook was switched off\.$', '{}'),
    (43, 'payload_too_large', '^The payload is over 8 MiB; shorten its template\.$', '{}'),
    (44, 'payload_not_built', '^The payload could not be built from this order\.$', '{}'),
    (45, 'template_too_much_work', '^The template does too much work for one payload; shorten its loops\.$', '{}'),
    (46, 'template_not_filled', '^The template could not be filled: (.+?)$', '{reason}'),
    (47, 'template_unusable', '^The template cannot be used: (.+?)$', '{reason}'),
    (48, 'not_sent', '^The product could not send it: (.+?)$', '{said}')
  ) as known(rank, code, pattern, names)
  cross join lateral regexp_match(said, pattern) as found
  where found is not null order by rank limit 1
$$;--> statement-breakpoint
WITH said AS (SELECT DISTINCT error_message AS words FROM outgoing_webhook_logs WHERE error_message IS NOT NULL),
  refused AS MATERIALIZED (SELECT words, coalesce(fault_said(words), said_otherwise(words)) AS refusal FROM said)
UPDATE outgoing_webhook_logs l SET fault = refused.refusal, error_message = NULL FROM refused WHERE l.error_message = refused.words;--> statement-breakpoint
WITH said AS (SELECT DISTINCT reason AS words FROM deliveries WHERE reason IS NOT NULL),
  refused AS MATERIALIZED (SELECT words, coalesce(reason_said(words), said_otherwise(words)) AS refusal FROM said)
UPDATE deliveries d SET refusal = refused.refusal, reason = NULL FROM refused WHERE d.reason = refused.words;--> statement-breakpoint
UPDATE webhook_stats SET flow = (flow::jsonb || jsonb_build_object('down_reason', coalesce(fault_said(flow ->> 'down_reason'), said_otherwise(flow ->> 'down_reason'))))::json WHERE flow ->> 'down_reason' IS NOT NULL;--> statement-breakpoint
-- The other rejected events are judged anew at the start.
UPDATE order_events SET reason = NULL, refusals = json_build_array(json_build_object('code', 'order_older', 'at', found[1], 'known', found[2]))
FROM (SELECT id AS older_id, regexp_match(reason, '^older: .+ at (\S+), and how it was at (\S+) is known already$') AS found FROM order_events WHERE state = 'rejected') older
WHERE id = older_id AND found IS NOT NULL;--> statement-breakpoint
UPDATE alert_faults SET fault = (jsonb_build_object('code', fault -> 'code') || coalesce((fault -> 'params')::jsonb, '{}'))::json;--> statement-breakpoint
DROP FUNCTION "reason_said"(text);--> statement-breakpoint
DROP FUNCTION "fault_said"(text);--> statement-breakpoint
DROP FUNCTION "said_otherwise"(text);--> statement-breakpoint
CREATE INDEX "deliveries_given_up" ON "deliveries" USING btree ("webhook_id","finished_at") WHERE deliveries.state = 'failed' and deliveries.refusal ->> 'code' in ('given_up', 'given_up_fault');
