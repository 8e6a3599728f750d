/** The texts of /api/docs in Russian, by their English, which the OpenAPI document keeps. */
export const RU: Record<string, string> = {
  Webhooks: "Вебхуки",
  Log: "Логи",
  "Order events": "События заказов",
  Administration: "Администрирование",
  "iiko-webhooks delivers the order events of iiko-base to outside systems as webhooks.":
    "iiko-webhooks доставляет события заказов iiko-base внешним системам в виде вебхуков.",
  "Every request needs a token: Authorization: Bearer <token>. A token has a role, and each role may do what the ones before it may: viewer, operator, manager, admin.":
    "Каждому запросу нужен токен: Authorization: Bearer <токен>. У токена есть роль, и каждая роль может всё, что и предыдущие: viewer, operator, manager, admin.",
  'Lists are plain JSON arrays; where there is more, the header Link: <…>; rel="next" holds the next page\'s address.':
    'Списки — простые массивы JSON; если есть продолжение, адрес следующей страницы стоит в заголовке Link: <…>; rel="next".',
  "Times are ISO 8601 in UTC. Errors are RFC 9457 problems; each answer's X-Request-Id finds it in the server's log.":
    "Время — ISO 8601 в UTC. Ошибки — по RFC 9457; по X-Request-Id ответа его находят в журнале сервера.",

  "List webhooks": "Список вебхуков",
  "With their statistics, newest first. All of them, or with `limit` a page: the next one's address is then in the Link header.":
    "Со статистикой, сначала новые. Все сразу, а с `limit` — страница: адрес следующей тогда в заголовке Link.",
  "The webhooks": "Вебхуки",
  "How many at most; all when not given.": "Сколько самое большее; если не указано — все.",
  "Create a webhook": "Создать вебхук",
  "Only name and webhook_url must be given. An unknown field is refused by name.":
    "Обязательны только name и webhook_url. Неизвестное поле отклоняется, в ответе его имя.",
  "The webhook": "Вебхук",
  "Get a webhook": "Получить вебхук",
  "Change a webhook": "Изменить вебхук",
  "Change a webhook (PUT)": "Изменить вебхук (PUT)",
  'Changes the fields given and no others, with PUT as with PATCH. null clears a field; "***" keeps a secret as it is, so that what was read can be sent back. Switching off cancels what is pending.':
    "Меняет только указанные поля, и PUT, и PATCH. null очищает поле; «***» оставляет секрет прежним, поэтому прочитанное можно отправить обратно. Отключение отменяет то, что ждёт отправки.",
  "Delete a webhook": "Удалить вебхук",
  "Its log goes too, and what is pending is cancelled.":
    "Вместе с логами; то, что ждёт отправки, отменяется.",
  "It is gone": "Удалён",
  "Send a test": "Тестировать",
  "Sends the test payload now and answers with what came back, also for a webhook that is off. It is logged with the event type test and counts in no statistics.":
    "Сразу отправляет тестовые данные и отвечает тем, что вернул получатель, — и для отключённого вебхука. В логе у такой отправки тип события test, в статистике её нет.",
  "What came back": "Что вернул получатель",
  "Rotate the signing secret": "Сменить секрет подписи",
  "The new secret is shown this once. The old one signs along for 24 hours.":
    "Новый секрет показывается один раз. Прежний подписывает ещё 24 часа.",
  "The new secret": "Новый секрет",
  "List the attempts of one webhook": "Отправки одного вебхука",
  "Newest first. The address of the next page is in the Link header.":
    "Сначала новые. Адрес следующей страницы — в заголовке Link.",
  "A page": "Страница",
  "Attempts made at this time or later.": "Отправки с этого времени.",
  "Attempts made at this time or earlier.": "Отправки до этого времени включительно.",
  "How many at most; 100 when not given.": "Сколько самое большее; если не указано — 100.",
  "From the Link header of the page before.": "Из заголовка Link предыдущей страницы.",
  "List attempts": "Список отправок",
  "Get an attempt": "Получить отправку",
  "With headers and, from the role operator up, bodies.": "С заголовками, а с роли operator и с телами.",
  "The attempt": "Отправка",
  Resend: "Отправить повторно",
  "A new delivery of the same order event to the same webhook.":
    "Новая доставка того же события тому же вебхуку.",
  "It is on its way": "Отправляется",
  "Resend what failed": "Отправить недоставленное повторно",
  "Every failed delivery made from since to until once more, unless it got through meanwhile.":
    "Ещё раз всё недоставленное: каждая доставка, созданная с since по until, если событие с тех пор не дошло.",
  "How many": "Сколько",
  "Send order events": "Отправить события заказов",
  "One event or an array of up to 5000, each up to 3 MiB, 64 MiB in all. They are kept when the answer comes. An id deduplicates. An event that does not fit is kept too, and named in rejected.":
    "Одно событие или массив до 5000, каждое до 3 МиБ, всего до 64 МиБ. К приходу ответа они сохранены. По id повтор не создаёт второго события. Неподходящее событие тоже сохраняется и названо в rejected.",
  "They are kept": "Сохранены",
  "List what came in": "Список пришедшего",
  "Events received at this time or later.": "События, принятые с этого времени.",
  "Events received at this time or earlier.": "События, принятые до этого времени включительно.",
  "Get an order event": "Получить событие заказа",
  "With the decision for each webhook: sent, with its deliveries, or not and why.":
    "С решением по каждому вебхуку: отправлено, и какими доставками, или нет и почему.",
  "The event": "Событие",
  "Encrypt secrets anew": "Перешифровать секреты",
  "Encrypts every webhook's secrets under the first key of ENCRYPTION_KEY; then the older keys can be taken out.":
    "Шифрует секреты всех вебхуков первым ключом из ENCRYPTION_KEY; после этого старые ключи можно убрать.",
  "How many webhooks there are and how many were changed": "Сколько вебхуков всего и сколько изменено",

  "The request cannot be read": "Запрос не удалось прочитать",
  "A valid API token is needed": "Нужен действующий API-токен",
  "The token's role does not allow this": "Роль токена этого не позволяет",
  "There is no such thing": "Такого нет",
  "This path does not take this method": "Этот путь не принимает такой метод",
  "This conflicts with the present state": "Этому мешает нынешнее состояние",
  "The request is too large": "Запрос слишком велик",
  "The request body must be JSON": "Тело запроса должно быть JSON",
  "Some fields are not valid": "Некоторые поля неверны",
  "Too many requests": "Слишком много запросов",
  "Something went wrong here": "Внутренняя ошибка",
  "Temporarily unavailable": "Временно недоступно",

  "Below the role manager, secrets in it stand as ***.": "Ниже роли manager секреты в нём заменены на ***.",
  "Why the product itself switched it off.": "Почему программа сама отключила вебхук.",
  '"***" when it is set; never the secret itself.': "«***», если задан; сам секрет не показывается никогда.",
  "Requests made, tests aside.": "Сколько было запросов, кроме тестов.",
  "Percent with one decimal; null before the first request.":
    "Проценты с одним знаком после запятой; null до первого запроса.",
  'Sent with every auth_type. Answers name the headers with "***" for their values. Also accepted as a string that holds this JSON.':
    "Отправляются при любом auth_type. В ответах вместо значений «***». Можно передать и строкой с этим JSON.",
  "Also accepted as a string that holds this JSON.": "Можно передать и строкой с этим JSON.",
  "The same for all attempts of a delivery; null for a test.":
    "Один и тот же у всех попыток доставки; null у теста.",
  "The order event, as in /order-events/{event_id}.": "Событие заказа, как в /order-events/{event_id}.",
  "Null when no answer came.": "null, если ответа не было.",
  'Secrets stand as "***".': "Секреты заменены на «***».",
  "Left out below the role operator.": "Ниже роли operator не показывается.",
  "At most 16 KiB. Left out below the role operator.":
    "Не больше 16 КиБ. Ниже роли operator не показывается.",
  "Deduplicates: the same id is delivered once.": "Исключает повторы: один id доставляется один раз.",
  "When it happened, in milliseconds since 1970; below 10¹¹ in seconds. Left out outside 1980–2100.":
    "Когда это случилось, в миллисекундах с 1970 года; меньше 10¹¹ — в секундах. Вне 1980–2100 не учитывается.",
  "The time the sender gave.": "Время, которое назвал отправитель.",
  "Why it was rejected.": "Почему отклонено.",
  "False while the event waits to be matched, and for a rejected one.":
    "false, пока событие не сопоставлено с вебхуками, и у отклонённого.",
  "As it came. Left out below the role operator.": "Как пришло. Ниже роли operator не показывается.",
  "For each webhook there was: sent, or not and why.":
    "По каждому вебхуку, что был тогда: отправлено или нет и почему.",
  "While it is pending: what it waits for besides its own next attempt, such as an earlier event of the same order.":
    "Пока доставка ждёт: чего, кроме своей следующей попытки, например более раннего события того же заказа.",
  "A time, best in ISO 8601 with an offset. One that cannot be read is kept, and sent as null.":
    "Время, лучше всего в ISO 8601 со смещением. Нечитаемое сохраняется и отправляется как null.",

  "Orders are taken in at POST /e/{event_key} and, from iiko itself, at POST /iiko/{event_key}, with the event key in the address instead of a token: x-intake in the OpenAPI document, «Intake» on the page /api/docs.":
    "Заказы принимаются по адресам POST /e/{event_key} и, от самой iiko, POST /iiko/{event_key}, с ключом событий в адресе вместо токена: x-intake в документе OpenAPI, «Приём» на странице /api/docs.",
  "Take order events": "Принять события заказов",
  "As POST /api/v1/events, in the form of Inngest's event API: one order event or an array of up to 5000, of 3 MiB each. Answered after they are stored.":
    "Как POST /api/v1/events, но по правилам API событий Inngest: одно событие заказа или массив до 5000, каждое до 3 МиБ. Ответ приходит, когда они сохранены.",
  "400, 401, 413 and 503 answer { error, status }.": "На 400, 401, 413 и 503 ответ — { error, status }.",
  "Take iiko's own webhooks": "Принять собственные вебхуки iiko",
  "What iiko Cloud sends, an array, or SOI, an object, of any Content-Type: up to 5000 messages and 64 MiB, one message up to 16 MiB. Each becomes an order event, or nothing, by what is known of its order. Answered after all are stored. IIKO_AUTH_TOKEN, if set, must be in Authorization, bare or after Bearer, or in authToken. outcomes has one word a message: event, unchanged, repeated, older, no_order or too_large; ids has those of the order events.":
    "То, что шлёт iiko Cloud (массив) или SOI (объект), с любым Content-Type: до 5000 сообщений и 64 МиБ, одно сообщение до 16 МиБ. Каждое становится событием заказа или ничем — смотря что о заказе уже известно. Ответ приходит, когда сохранены все. IIKO_AUTH_TOKEN, если задан, должен быть в Authorization, сам по себе или после Bearer, или в authToken. В outcomes по слову на сообщение: event, unchanged, repeated, older, no_order или too_large; в ids — id событий заказов.",
};
