/**
 * lib speaks English, the language of the API; this is how the panel says the same in Russian. A `{name}` in the
 * English text matches whatever stands there and is put into the Russian one. The first that fits is taken.
 */
export const REFUSALS_RU: [english: string, russian: string][] = [
  [
    "This needs the role {needed}; {who} has the role {held}.",
    "Для этого нужна роль {needed}, у вас — {held}.",
  ],
  ["There is a user with the e-mail {email} already.", "Пользователь с e-mail {email} уже есть."],
  ["There is no user {id}.", "Пользователя {id} нет: возможно, список устарел — обновите страницу."],
  [
    "You cannot change your own role or disable yourself; ask another admin.",
    "Нельзя менять свою роль и отключать самого себя: попросите другого администратора.",
  ],
  [
    "This is the last active admin: make another one first.",
    "Это последний действующий администратор: сначала назначьте другого.",
  ],
  ["Only a signed-in user has a password to change.", "Сменить пароль может только вошедший пользователь."],
  ["The current password is wrong.", "Текущий пароль неверен."],
  ["The new password is the same as the old one.", "Новый пароль совпадает с прежним."],
  ["The new password needs at least 10 characters.", "В новом пароле нужно не меньше 10 символов."],
  ["The new password may have at most 256 characters.", "В новом пароле может быть не больше 256 символов."],
  ["Type the password you have now.", "Введите нынешний пароль."],
  [
    "Too many wrong passwords; try again in {minutes} min.",
    "Слишком много неверных паролей: попробуйте через {minutes} мин.",
  ],
  [
    "Too many wrong codes; try again in {minutes} min.",
    "Слишком много неверных кодов: попробуйте через {minutes} мин.",
  ],
  ["The code is wrong. Is the clock of your phone right?", "Код неверен. Верно ли идут часы на телефоне?"],
  ["Type the code that the app shows.", "Введите код, который показывает приложение."],
  ["The second factor is on already.", "Двухэтапный вход уже включён: обновите страницу."],
  ["Begin anew: this set-up is not yours or out of date.", "Начните заново: эта настройка устарела."],
  ["Choose a new password first.", "Сначала придумайте новый пароль."],
  ["This session has ended already.", "Этот сеанс уже завершён."],
  [
    "Too many people sign in at this moment; try again in a few seconds.",
    "Слишком много проверок пароля сразу: попробуйте через несколько секунд.",
  ],
  ["Give an e-mail address, such as anna@example.com.", "Укажите адрес e-mail, например anna@example.com."],
  ["Give the user's name.", "Укажите имя пользователя."],
  ["Give the token a name: who will use it?", "Назовите токен: кто будет им пользоваться?"],
  [
    "There is no valid API token {id}; it may be revoked already.",
    "Действующего токена {id} нет: возможно, он уже отозван.",
  ],

  ["There is no webhook {id}.", "Вебхука {id} нет: возможно, он удалён — обновите страницу."],
  ["There is no attempt {id}.", "Записи {id} в логах нет: возможно, она удалена — обновите страницу."],
  ["There is no order event {id}.", "События {id} нет."],
  [
    "This was a test, which has no order event to send again. Send another test.",
    "Это был тест: отправлять повторно нечего. Запустите тест ещё раз.",
  ],
  ["The order event {id} is no longer kept.", "Событие заказа {id} уже не хранится."],
  [
    "The webhook «{name}» is switched off. Switch it on before you resend.",
    "Вебхук «{name}» выключен. Включите его, прежде чем отправлять повторно.",
  ],

  [
    "The URL is {length} characters long; at most {limit} are allowed.",
    "В URL {length} символов, допустимо не больше {limit}.",
  ],
  [
    "The URL must begin with https:// or http://, for example https://crm.example/orders.",
    "URL должен начинаться с https:// или http://, например https://crm.example/orders.",
  ],
  [
    "There is an invisible character, {place} at position {position}: delete it.",
    "Здесь есть невидимый символ {place}, по счёту {position}-й: удалите его.",
  ],
  [
    "Leave out the word Bearer: it is put before the token by itself.",
    "Уберите слово Bearer: программа сама ставит его перед токеном.",
  ],
  [
    "The URL must not contain spaces, line breaks or backslashes.",
    "В URL не должно быть пробелов, переводов строки и обратных косых черт.",
  ],
  ["The URL is not valid: check its host name and port.", "URL неверен: проверьте имя узла и порт."],
  [
    "The URL must not contain a user name or password; choose Basic Auth for them instead.",
    "В URL не должно быть имени пользователя и пароля: выберите для них авторизацию Basic Auth.",
  ],
  [
    "The URL must begin with https://, because REQUIRE_HTTPS is on.",
    "URL должен начинаться с https://: на сервере включён REQUIRE_HTTPS.",
  ],
  [
    "{host} is this machine itself; webhooks may not reach it. To allow it, add {host2} to OUTBOUND_ALLOW.",
    "{host} — это сам сервер, вебхукам туда нельзя. Чтобы разрешить, добавьте {host2} в OUTBOUND_ALLOW.",
  ],
  [
    "{address} is a {kind} address; webhooks may reach only the public internet. To allow it, add {entry} to OUTBOUND_ALLOW.",
    "{address} — служебный адрес ({kind}): вебхуки отправляются только в открытый интернет. Чтобы разрешить, добавьте {entry} в OUTBOUND_ALLOW.",
  ],

  [
    "The address moves from {from} to {to}: give this secret again, so that no one learns it by moving the address.",
    "Адрес меняется с {from} на {to}: введите этот секрет заново. Иначе его узнал бы любой, кто может изменить адрес.",
  ],
  ["Bearer authorization needs a token.", "Для Bearer Token нужен токен."],
  ["Basic authorization needs a user name.", "Для Basic Auth нужно имя пользователя."],
  ["Basic authorization needs a password.", "Для Basic Auth нужен пароль."],
  [
    "Authorization by custom headers needs at least one header.",
    "Для авторизации заголовками нужен хотя бы один заголовок.",
  ],
  ["A token may have at most {limit} characters.", "В токене может быть не больше {limit} символов."],
  [
    "A token may hold only Latin letters, digits and signs, and no spaces, not {place} at position {position}.",
    "В токене допустимы только латинские буквы, цифры и знаки, без пробелов, а здесь {place}, по счёту {position}-й.",
  ],
  ["A user name must not contain a colon.", "В имени пользователя не должно быть двоеточия."],
  [
    "Control characters are not allowed here: {place} at position {position}.",
    "Управляющие символы здесь недопустимы: {place}, по счёту {position}-й.",
  ],
  [
    "At most 1024 characters are allowed, not {length}.",
    "Допустимо не больше 1024 символов, а здесь {length}.",
  ],
  ["{count} headers; at most {limit} are allowed.", "Заголовков {count}, допустимо не больше {limit}."],
  [
    "{count} characters in all; at most {limit} are allowed.",
    "Всего {count} символов, допустимо не больше {limit}.",
  ],
  ["A header needs a name.", "У заголовка должно быть имя."],
  [
    "A header name may have at most {limit} characters.",
    "В имени заголовка может быть не больше {limit} символов.",
  ],
  [
    "A header name may hold only Latin letters, digits and -_.!#$%&'*+^`|~ and no spaces, not {place} at position {position}.",
    "В имени заголовка допустимы только латинские буквы, цифры и -_.!#$%&'*+^`|~, без пробелов, а здесь {place}, по счёту {position}-й.",
  ],
  [
    "The header is given twice; upper and lower case are the same.",
    "Заголовок указан дважды: регистр букв не различается.",
  ],
  [
    "This header is set by the product itself and cannot be changed.",
    "Этот заголовок программа задаёт сама, изменить его нельзя.",
  ],
  [
    "The chosen authorization writes this header itself: take it away here, or choose authorization by custom headers.",
    "Этот заголовок пишет сама выбранная авторизация: уберите его здесь или выберите авторизацию заголовками.",
  ],
  [
    "The body is JSON in UTF-8: Content-Type may be application/json, with ; charset=utf-8 if need be, or a type that ends with +json.",
    "Тело — JSON в UTF-8: Content-Type может быть application/json, при желании с ; charset=utf-8, или типом на +json.",
  ],
  ["A header value must be a string.", "Значение заголовка должно быть строкой."],
  [
    "A header value may have at most {limit} characters.",
    "В значении заголовка может быть не больше {limit} символов.",
  ],
  [
    "A header value must be one line without control characters, in Latin letters and signs (ISO 8859-1), without {place} at position {position}.",
    "Значение заголовка — одна строка без управляющих символов, латинскими буквами и знаками (ISO 8859-1), а здесь {place}, по счёту {position}-й.",
  ],
  [
    "A header value must not begin or end with a space.",
    "Значение заголовка не должно начинаться и заканчиваться пробелом.",
  ],

  [
    "not valid JSON: {reason}; a loop stands inside quotes",
    "это не JSON: {reason}. Цикл пишется внутри кавычек и даёт текст",
  ],
  ["not valid JSON: {reason}", "это не JSON: {reason}"],
  [
    "nested too deeply: at most {limit} levels are allowed",
    "слишком глубокая вложенность: допустимо не больше {limit} уровней",
  ],
  ["a key cannot hold a placeholder", "в имени ключа подстановка невозможна"],
  [
    "`{{` without its `}}`: a placeholder looks like {{order.status}}",
    "после `{{` нет `}}`: подстановка выглядит так: {{order.status}}",
  ],
  [
    "unknown placeholder {name}: did you mean {known}?",
    "неизвестная подстановка {name}: может быть, {known}?",
  ],
  [
    "unknown placeholder {name}: the known ones are {known}",
    "неизвестная подстановка {name}; известны {known}",
  ],
  ["unknown filter {name}: the known ones are {known}", "неизвестный фильтр {name}; известны {known}"],
  ["unknown tag {name}: the known ones are {known}", "неизвестный тег {name}; известны {known}"],
  ["not valid Liquid: {reason}", "ошибка в Liquid: {reason}"],

  ["is required: text of {min} to {max} characters", "обязательное поле: от {min} до {max} символов"],
  ['expected text of {min} to {max} characters, got ""', "обязательное поле: от {min} до {max} символов"],
  [
    "expected text of {min} to {max} characters, got {given}",
    "нужно от {min} до {max} символов, а здесь {given}",
  ],
  [
    "expected text of at most {max} characters, or null, got {given}",
    "допустимо не больше {max} символов, а здесь {given}",
  ],
  [
    "expected an integer from {min} to {max}, got {given}",
    "нужно целое число от {min} до {max}, а здесь {given}",
  ],
  ["expected one of {values}, got {given}", "допустимы {values}, а здесь {given}"],
  ["expected at most {max} entries", "допустимо не больше {max} значений"],
  ["expected JSON, or a string that holds JSON", "здесь должен быть JSON"],
  ["expected an array, or null, got {given}", "здесь должен быть JSON-массив"],
  ["expected an object such as {example}, or null", "здесь должен быть JSON-объект, например {example}"],
  ["expected text without NUL characters or broken surrogates", "в тексте есть недопустимые символы"],
  [
    "expected whsec_ followed by 24 to 64 bytes in base64",
    "секрет начинается с whsec_, за ним от 24 до 64 байт в base64",
  ],
  ["The webhook was switched off: {reason}", "Вебхук отключён: получатель ответил 410 Gone."],
  ["The webhook was switched off.", "Вебхук отключили."],
  ["The webhook was deleted.", "Вебхук удалили."],
  [
    "The receiver answered 410 Gone, so the webhook was switched off.",
    "Получатель ответил 410 Gone, поэтому вебхук отключён.",
  ],
  ["The receiver answered 410 Gone.", "Получатель ответил 410 Gone."],
  [
    "The payload is over 8 MiB; shorten its template.",
    "Данные получились больше 8 МиБ: сократите шаблон вебхука.",
  ],
  [
    "The template does too much work for one payload; shorten its loops.",
    "Шаблон требует слишком много работы для одного заказа: сократите его циклы.",
  ],
  ["The template cannot be used: {reason}", "Шаблон не подходит: {reason}"],
  ["The template could not be filled: {reason}", "Не удалось заполнить шаблон: {reason}"],
  ["The payload could not be built from this order.", "Из этого заказа не удалось составить данные."],
];
