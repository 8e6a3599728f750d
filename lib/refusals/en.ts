/** Every refusal in English, the language of the API, by its code. `{name}` stands for a parameter. */
export const EN = {
  // Words inside other refusals
  other: "{text}",
  at_place: "{place}: {refusal}",
  and_more: "and {count} more",
  field: "field",
  parameter: "parameter",

  // Values: what is expected, and what came instead
  required: "is required: {what}",
  expected: "expected {what}",
  expected_got: "expected {what}, got {got}",
  text: "text",
  text_between: "text of {min} to {max} characters",
  text_at_most: "text of at most {max} characters, or null",
  characters_at_most: "at most {max} characters",
  storable_text: "text without NUL characters or broken surrogates",
  text_without_nul: "text without NUL characters",
  true_or_false: "true or false",
  integer: "an integer",
  integer_between: "an integer from {min} to {max}",
  whole_number: "a whole number",
  whole_number_between: "a whole number from {min} to {max}",
  number: "a number",
  text_or_object: "text or an object",
  kopecks: "an integer number of kopecks",
  kopecks_at_least: "at least {min} kopecks",
  kopecks_at_most: "at most {max} kopecks",
  one_of: "one of {values}",
  entries_at_most: "at most {max} entries",
  array_or_null: "an array, or null",
  object: "an object",
  object_such_as: "an object such as {example}, or null",
  json: "JSON, or a string that holds JSON",
  iso_time: "an ISO 8601 time",
  iso_time_such_as: "an ISO 8601 time such as {example}",
  time_after_since: "a time after since",
  since_and_until: "a JSON object with since and until",
  webhook_object: "a JSON object with the webhook's fields",
  signing_secret: "whsec_ followed by 24 to 64 bytes in base64",
  status: "a status",
  id_or_external_id: "id or external_order_id",
  list_of_items: "a list of items",
  list_of_modifiers: "a list of modifiers",
  modifier_levels: "at most {max} levels of modifiers",
  nesting_levels: "at most {max} levels of nesting",
  milliseconds: "milliseconds since 1970 as a number",
  got_nothing: "nothing",
  got_text: "text",
  got_list: "a list",
  got_array: "an array",
  got_object: "an object",
  got_type: "a {type}",

  invisible_character: "There is an invisible character, {place}: delete it.",
  character_at: "{character} at position {position}",

  // Requests
  unknown_name: "unknown {kind}",
  unknown_name_near: "unknown {kind}; did you mean {near}?",
  unknown_name_known: "unknown {kind}; known are {known}",
  given_twice: "is given more than once",
  not_a_cursor: "is not a cursor of this list; take the next page's address from the Link header as it is",
  no_such_id: "There is no {name} {id}.",
  body_too_deep: "The request body is nested more than {max} levels deep.",
  body_empty: "The request body is empty; it must be JSON.",
  body_not_json: "The request body is not valid JSON: {mistake}.",
  body_compressed:
    "The request body is compressed (Content-Encoding: {coding}); send it as it is, without Content-Encoding.",
  body_not_utf8: "The request body is not valid UTF-8.",
  body_too_large: "The request body is over {max} MiB.",
  body_type: "The request body must be sent as Content-Type: application/json, got {type}.",

  // Tokens, users and passwords
  needs_role: "This needs the role {needed}; {who} has the role {held}.",
  token_needed: "This needs an API token: send the header Authorization: Bearer <token>.",
  token_malformed: "The Authorization header must read: Bearer <token>.",
  token_revoked: "The API token has been revoked.",
  token_unknown: "The API token is not known.",
  too_many_bad_tokens: "Too many requests with a token that is not valid; try again in {seconds} s.",
  too_many_sign_ins: "Too many tries to sign in; try again in {minutes} min.",
  wrong_credentials: "The e-mail or the password is wrong.",
  email_taken: "There is a user with the e-mail {email} already.",
  no_user: "There is no user {id}.",
  not_yourself: "You cannot change your own role or disable yourself; ask another admin.",
  last_admin: "This is the last active admin: make another one first.",
  no_password: "Only a signed-in user has a password to change.",
  password_wrong: "The current password is wrong.",
  password_same: "The new password is the same as the old one.",
  password_short: "The new password needs at least {min} characters.",
  password_long: "The new password may have at most {max} characters.",
  password_missing: "Type the password you have now.",
  too_many_passwords: "Too many wrong passwords; try again in {minutes} min.",
  email_invalid: "Give an e-mail address, such as anna@example.com.",
  user_name_missing: "Give the user's name.",
  token_name_missing: "Give the token a name: who will use it?",
  token_exists: "This token exists already; make another one.",
  no_token: "There is no valid API token {id}; it may be revoked already.",

  password_to_change: "Choose a new password first.",
  too_many_codes: "Too many wrong codes; try again in {minutes} min.",
  code_wrong: "The code is wrong. Is the clock of your phone right?",
  code_used: "The code is wrong or was used before.",
  code_missing: "Type the code that the app shows.",
  no_second_factor: "Only a signed-in user can have a second factor.",
  second_factor_on: "The second factor is on already.",
  second_factor_begin: "Begin anew: this set-up is not yours or out of date.",
  session_ended: "This session has ended already.",
  no_sessions: "Only a signed-in user has sessions.",
  signing_in_busy: "Too many people sign in at this moment; try again in a few seconds.",
  token_owner_disabled: "The user who made this API token is disabled.",

  // The log and order events
  no_attempt: "There is no attempt {id}.",
  no_order_event: "There is no order event {id}.",
  was_a_test: "This was a test, which has no order event to send again. Send another test.",
  event_not_kept: "The order event {id} is no longer kept, or was not accepted.",
  event_not_matched: "The event is still being matched against the webhooks. Try again in a moment.",
  sample_not_built: "The body of the test cannot be built: {reason}",
  tests_under_way: "{count} tests of this webhook are under way. Test it again in a moment.",
  requests_under_way:
    "All requests to this webhook that may be under way at once are; none has ended. Test it again in a moment.",
  webhook_off: "The webhook «{name}» is switched off. Switch it on before you resend.",
  events_not_stored: "The events could not be stored now; send them again.",
  event_key_unknown: "Event key not found",
  iiko_auth_token:
    "Authorization must be the value of IIKO_AUTH_TOKEN: enter it in iiko as the webhook's authToken.",
  iiko_messages_at_once: "The body holds {count} messages; at most {max} are taken at once.",
  iiko_message_too_large: "One message may have at most {max} MiB; this body has a larger one.",
  order_older: "older: this is how the order was at {at}, and how it was at {known} is known already",
  event_too_large: "The order event at index {index} is over 3 MiB.",
  events_at_once: "at most {max} order events at once",
  event_object: "an order event, a JSON object with name and data",
  event_not_object: "an order event must be a JSON object",
  event_name_reserved: "name: names that begin with inngest/ are reserved",

  // Webhooks
  no_webhook: "There is no webhook {id}.",
  secret_to_type: '"{mark}" stands for a secret that the file does not hold; give its value',
  webhook_file: "the file holds no webhooks",
  secret_to_keep:
    '"{mark}" means to keep the secret that is set, and a new webhook has none; give its value or null',
  header_to_keep: '"{mark}" means to keep the value that is set, and this header has none; give its value',
  secrets_unreadable: "The secrets of webhook {id} («{name}»): {reason}",

  pause_until_past: "A pause ends in the future, within {days} days: choose a later moment.",
  not_held_up: "Nothing holds the webhook «{name}» up any more.",

  // Why a delivery ended or a webhook was switched off
  webhook_switched_off: "The webhook was switched off.",
  webhook_switched_off_gone: "The webhook was switched off: The receiver answered 410 Gone.",
  webhook_deleted: "The webhook was deleted.",
  waiting_cancelled: "It waited for its receiver, and a person cancelled it.",
  given_up: "Given up after {minutes} minutes.",
  given_up_fault: "Given up after {minutes} minutes. The last fault: {fault}",
  attempt_failed: "The only attempt failed. {fault}",
  attempts_failed: "All {attempts} attempts failed. {fault}",
  gone: "The receiver answered 410 Gone.",
  gone_so_off: "The receiver answered 410 Gone, so the webhook was switched off.",
  payload_too_large: "The payload is over 8 MiB; shorten its template.",
  payload_not_built: "The payload could not be built from this order.",
  not_sent: "The product could not send it: {said}",

  // Why an order event was rejected that had been accepted
  no_longer_fits: "It no longer fits what this version takes.",
  not_matched: "It could not be matched: {said}",

  // Why a request failed (lib/outbound/explain-error)
  fault_timeout_connecting: "No connection to {at} came about within {ms} ms.",
  fault_timeout_waiting: "{at} took the request but did not answer within {ms} ms.",
  fault_timeout_reading: "{at} began to answer but did not finish within {ms} ms.",
  fault_dns_silent:
    "The DNS did not answer when asked for {host}: check the name's DNS servers and this server's own.",
  fault_dns: "The host name of {host} could not be resolved: check its spelling and its public DNS.",
  fault_refused: "{at} refused the connection: nothing listens on that port.",
  fault_reset_connecting: "{at} closed the connection before it was ready.",
  fault_reset_waiting: "{at} closed the connection without an answer.",
  fault_reset_reading: "{at} closed the connection in the middle of its answer.",
  fault_unreachable: "There is no way from this server to {at} ({detail}).",
  fault_tls_expired: "The TLS certificate of {host} has expired; the receiver must renew it.",
  fault_tls_self_signed:
    "The TLS certificate of {host} is self-signed; the receiver needs one from a public authority, or name the certificate's file in NODE_EXTRA_CA_CERTS.",
  fault_tls_hostname: "The TLS certificate of {host} is for another name ({detail}).",
  fault_tls_untrusted:
    "The TLS certificate of {host} is not from a known authority: the receiver must send its intermediate certificate too; for a private authority name its file in NODE_EXTRA_CA_CERTS.",
  fault_tls_not_yet:
    "No secure connection to {host} could be made: its certificate is not valid yet. Check the clocks of both sides.",
  fault_tls_handshake:
    "{host} turned the secure connection down ({detail}): it wants a certificate of ours (mutual TLS), or ciphers beside those of TLS 1.2 and 1.3, such as GOST. A reverse proxy of yours can speak that.",
  fault_tls_plain:
    "No secure connection to {host} could be made: that port does not speak TLS. Check the port, or write http:// if it is meant so.",
  fault_tls_version:
    "{host} speaks a version of TLS older than 1.2; the receiver must switch on TLS 1.2 or 1.3.",
  fault_tls: "No secure connection to {host} could be made ({detail}).",
  fault_too_many_headers: "{host} answered with more than 16 KiB of headers; they were not read on.",
  fault_invalid_response: "{host} did not answer in proper HTTP/1.1 ({detail}).",
  fault_invalid_request:
    "No request to {host} could be made: check the webhook's URL and headers ({detail}).",
  fault_network: "The exchange with {host} failed ({detail}).",
  fault_redirect:
    "{receiver} answered {answer} and pointed to {to}. Redirects are not followed; make that the webhook's URL if it is the right one.",
  fault_redirect_apps_script:
    '{receiver} answered {answer}, as Google Apps Script does once the script has run. Let doPost return HtmlService.createHtmlOutput("ok") instead of ContentService: that answers 200.',
  fault_status: "{receiver} answered {answer}.",
  fault_status_401:
    "{receiver} answered {answer}: check the webhook's authorization type and its token or password.",
  fault_status_403: "{receiver} answered {answer}: the token or user is known but may not do this.",
  fault_status_404: "{receiver} answered {answer}: check the path in the webhook's URL.",
  fault_status_405:
    "{receiver} answered {answer}: that path takes no POST; check the path in the webhook's URL.",
  fault_status_410: "{receiver} answered {answer}: the receiver wants no more deliveries.",
  fault_status_413:
    "{receiver} answered {answer}: its server must allow larger requests (nginx: client_max_body_size).",
  fault_status_415:
    "{receiver} answered {answer}: it wants another Content-Type; give the webhook that header of its own.",
  fault_status_429: "{receiver} answered {answer}: it wants fewer requests.",
  fault_status_5xx: "{receiver} answered {answer}: the fault is on the receiver's side.",
  fault_status_unknown: "{receiver} answered {answer}: there is no such HTTP status.",

  // Alerts
  alert_one_line: "Line breaks and control characters are not allowed here.",
  alert_chat_id: "A chat's ID is a number like -1001234567890, or a channel's name like @alerts.",
  alert_bot_token: "A bot's token looks like 123456789:AAE…, as @BotFather gives it.",
  alert_host:
    "Only the server's name or IP address, like smtp.example.com: without smtp://, a port or a path.",
  alert_mail_address: "Give an e-mail address, like hooks@example.com or Webhooks <hooks@example.com>.",
  alert_mail_addresses:
    "Give e-mail addresses with commas between them, like anna@example.com, ops@example.com.",
  alert_secret_needed: "This is needed.",
  alert_secret_again:
    "Where it is sent to has changed: give it again, so that no one learns it by changing the address.",
  alert_secret_unreadable: "The secret that was saved cannot be read: {said}",
  alert_of_environment: "The server's environment sets this channel up; change it there.",
  alert_not_set_up: "This channel is not set up yet: save it first.",
  alert_blocked:
    "{host} leads to an address inside the network, which is closed to what the panel sets up. To open it, name it in OUTBOUND_ALLOW.",
  alert_dns: "There is no server by the name of {host}: check its spelling.",
  alert_refused: "{host} refused the connection: check the port and whether the server runs.",
  alert_timeout:
    "{host} did not answer in time: check the address and the port, and whether a firewall stands between.",
  alert_unreachable: "There is no way from this server to {host}: check the address and the network.",
  alert_tls: "No secure connection to {host}: check the port and the kind of protection. It said: {said}",
  alert_email_sign_in:
    "{host} did not take the user name and password; many want an app password here. It said: {said}",
  alert_email_address:
    "{host} did not take the sender or a recipient: often the sender has to be the user's own address. It said: {said}",
  alert_email_protocol:
    "What answers at {host} is no mail server, or the port is for another kind of protection. It said: {said}",
  alert_telegram_token: "Telegram does not know this bot: check the token that @BotFather gave.",
  alert_telegram_chat:
    "Telegram does not find this chat: write to the bot first or add it to the group, then check the chat's ID.",
  alert_telegram_forbidden:
    "The bot may not write to this chat: it was blocked, removed or has no right to. {said}",
  alert_telegram_api: "What answered ({status}) is not Telegram's Bot API: check its address.",
  alert_failed: "{host} did not take the message. It said: {said}",
  // Organization ids in the panel's form
  uuid_character: "{id} is no UUID: it may hold only digits, letters a to f and dashes, not {place}.",
  uuid_length: "{id} is no UUID: it needs 32 digits and letters a to f, not {count}.",
  uuid_dashes: "{id} is no UUID: its dashes must part it 8-4-4-4-12.",

  // A webhook's URL
  url_long: "The URL is {length} characters long; at most {max} are allowed.",
  url_scheme: "The URL must begin with https:// or http://, for example https://crm.example/orders.",
  url_spaces: "The URL must not contain spaces, line breaks or backslashes.",
  url_invalid: "The URL is not valid: check its host name and port.",
  url_credentials: "The URL must not contain a user name or password; choose Basic Auth for them instead.",
  url_https: "The URL must begin with https://, because REQUIRE_HTTPS is on.",
  address_this_machine:
    "{host} is this machine itself; webhooks may not reach it. To allow it, add {host} to OUTBOUND_ALLOW.",
  address_special:
    "{address} is a {kind} address; webhooks may reach only the public internet. To allow it, add {address} to OUTBOUND_ALLOW.",
  address_resolved:
    "{host} resolves to {address}, a {kind} address; webhooks may reach only the public internet. To allow it, add {host} or {address} to OUTBOUND_ALLOW.",

  // A webhook's authorisation and headers
  address_moves:
    "The address moves from {from} to {to}: give this secret again, so that no one learns it by moving the address.",
  token_word_bearer: "Leave out the word Bearer: it is put before the token by itself.",
  bearer_token_missing: "Bearer authorization needs a token.",
  basic_user_missing: "Basic authorization needs a user name.",
  basic_password_missing: "Basic authorization needs a password.",
  custom_header_missing: "Authorization by custom headers needs at least one header.",
  token_long: "A token may have at most {max} characters.",
  token_characters: "A token may hold only Latin letters, digits and signs, and no spaces, not {place}.",
  user_name_colon: "A user name must not contain a colon.",
  control_characters: "Control characters are not allowed here: {place}.",
  credential_long: "At most {max} characters are allowed, not {length}.",
  headers_many: "{count} headers; at most {max} are allowed.",
  headers_long: "{length} characters in all; at most {max} are allowed.",
  header_name_missing: "A header needs a name.",
  header_name_long: "A header name may have at most {max} characters.",
  header_name_characters:
    "A header name may hold only Latin letters, digits and -_.!#$%&'*+^`|~ and no spaces, not {place}.",
  header_twice: "The header is given twice; upper and lower case are the same.",
  header_reserved: "This header is set by the product itself and cannot be changed.",
  header_of_auth:
    "The chosen authorization writes this header itself: take it away here, or choose authorization by custom headers.",
  header_content_type:
    "The body is JSON in UTF-8: Content-Type may be application/json, with ; charset=utf-8 if need be, or a type that ends with +json.",
  header_value_missing: "Type the value of this header, or take the header away.",
  header_value_type: "A header value must be a string.",
  header_value_long: "A header value may have at most {max} characters.",
  header_value_characters:
    "A header value must be one line without control characters, in Latin letters and signs (ISO 8859-1), without {place}.",
  header_value_spaces: "A header value must not begin or end with a space.",

  // A payload's template
  template_not_json: "not valid JSON: {reason}",
  template_not_json_loop: "not valid JSON: {reason}; a loop stands inside quotes",
  template_deep: "nested too deeply: at most {max} levels are allowed",
  template_key: "a key cannot hold a placeholder",
  template_unclosed: "`{open}` without its `{close}`: a placeholder looks like {example}",
  filter_unknown: "unknown filter {name}: the known ones are {known}",
  tag_unknown: "unknown tag {name}: the known ones are {known}",
  liquid_invalid: "not valid Liquid: {reason}",
  template_unusable: "The template cannot be used: {reason}",
  template_not_filled: "The template could not be filled: {reason}",
  template_too_much_work: "The template does too much work for one payload; shorten its loops.",
  placeholder_near: "unknown placeholder {name}: did you mean {known}?",
  placeholder_unknown: "unknown placeholder {name}: the known ones are {known}",
} as const;
