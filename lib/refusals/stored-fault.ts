import type { Locale } from "@/lib/i18n/locales";
import { EN } from "./en";
import { RU } from "./ru";

/** The sentences of lib/outbound/explain-error, in which faults are stored, and the same in Russian. */
const SENTENCES: [RegExp, string][] = [
  [/^No connection to (.+) came about within (\d+) ms\.$/s, "$1: соединение не установилось за $2 мс."],
  [
    /^(.+) took the request but did not answer within (\d+) ms\.$/s,
    "$1: запрос принят, но ответа нет за $2 мс.",
  ],
  [
    /^(.+) began to answer but did not finish within (\d+) ms\.$/s,
    "$1: ответ начался, но не закончился за $2 мс.",
  ],
  [
    /^The DNS did not answer when asked for (.+): check the name's DNS servers and this server's own\.$/s,
    "DNS не ответил на вопрос о $1: проверьте серверы DNS этого имени и этого сервера.",
  ],
  [
    /^The host name of (.+) could not be resolved: check its spelling and its public DNS\.$/s,
    "Имя узла $1 не найдено в DNS: проверьте, как оно написано и опубликовано ли.",
  ],
  [
    /^(.+) refused the connection: nothing listens on that port\.$/s,
    "$1: соединение отклонено, на этом порту никто не слушает.",
  ],
  [
    /^(.+) closed the connection before it was ready\.$/s,
    "$1: соединение оборвано до того, как было готово.",
  ],
  [/^(.+) closed the connection without an answer\.$/s, "$1: соединение оборвано без ответа."],
  [/^(.+) closed the connection in the middle of its answer\.$/s, "$1: соединение оборвано посреди ответа."],
  [/^There is no way from this server to (.+) \((.*)\)\.$/s, "С этого сервера нет пути к $1 ($2)."],
  [
    /^The TLS certificate of (.+) has expired; the receiver must renew it\.$/s,
    "Сертификат TLS у $1 истёк: получатель должен его обновить.",
  ],
  [
    /^The TLS certificate of (.+) is self-signed; .*$/s,
    "Сертификат TLS у $1 подписан им самим: нужен сертификат общедоступного центра, либо укажите файл этого сертификата в NODE_EXTRA_CA_CERTS.",
  ],
  [
    /^The TLS certificate of (.+) is for another name \((.*)\)\.$/s,
    "Сертификат TLS у $1 выдан на другое имя ($2).",
  ],
  [
    /^The TLS certificate of (.+) is not from a known authority: .*$/s,
    "Сертификат TLS у $1 не от известного центра: получатель должен отдавать и промежуточный сертификат, а файл своего центра укажите в NODE_EXTRA_CA_CERTS.",
  ],
  [
    /^(.+) speaks a version of TLS older than 1\.2; .*$/s,
    "$1 говорит на TLS старше 1.2: получатель должен включить TLS 1.2 или 1.3.",
  ],
  [
    /^No secure connection to (.+) could be made \((.*)\)\.$/s,
    "Защищённое соединение с $1 не установилось ($2).",
  ],
  [
    /^(.+) answered with more than 16 KiB of headers; they were not read on\.$/s,
    "$1: в ответе больше 16 КиБ заголовков, дальше они не читались.",
  ],
  [/^(.+) did not answer in proper HTTP\/1\.1 \((.*)\)\.$/s, "$1: ответ не по правилам HTTP/1.1 ($2)."],
  [
    /^No request to (.+) could be made: check the webhook's URL and headers \((.*)\)\.$/s,
    "Запрос к $1 не удалось составить: проверьте URL и заголовки вебхука ($2).",
  ],
  [/^The exchange with (.+) failed \((.*)\)\.$/s, "Обмен с $1 не удался ($2)."],
  [
    /^(\S+) answered (\d+)(.*) and pointed to (.+)\. Redirects are not followed; .*$/s,
    "$1: ответ $2$3 указал на $4. По перенаправлениям вебхуки не ходят: если адрес верный, сделайте его URL вебхука.",
  ],
  [
    /^(\S+) answered (\d+)(.*): check the webhook's authorization type and its token or password\.$/s,
    "$1: ответ $2$3. Проверьте тип авторизации вебхука и токен или пароль.",
  ],
  [
    /^(\S+) answered (\d+)(.*): the token or user is known but may not do this\.$/s,
    "$1: ответ $2$3. Токен или пользователь известен, но прав на это у него нет.",
  ],
  [
    /^(\S+) answered (\d+)(.*): check the path in the webhook's URL\.$/s,
    "$1: ответ $2$3. Проверьте путь в URL вебхука.",
  ],
  [
    /^(\S+) answered (\d+)(.*): the receiver wants no more deliveries\.$/s,
    "$1: ответ $2$3. Получатель больше не принимает доставки.",
  ],
  [/^(\S+) answered (\d+)(.*): it wants fewer requests\.$/s, "$1: ответ $2$3. Получатель просит слать реже."],
  [
    /^(\S+) answered (\d+)(.*): the fault is on the receiver's side\.$/s,
    "$1: ответ $2$3. Сбой на стороне получателя.",
  ],
  [/^(\S+) answered (\d+)(.*): there is no such HTTP status\.$/s, "$1: ответ $2$3. Такого кода HTTP нет."],
  [/^(\S+) answered (\d+)([^:]*)\.$/s, "$1: ответ $2$3."],
  ...(["address_this_machine", "address_special", "address_resolved"] as const).map(refusalSentence),
];

/** What went wrong with an attempt, as it is stored, in the reader's language; what is not known stays as it is. */
export function storedFault({ message, locale }: { message: string; locale: Locale }): string {
  if (locale === "en") return message;
  const known = SENTENCES.find(([pattern]) => pattern.test(message));
  return known ? message.replace(...known) : message;
}

/** A refusal's English as a pattern, and its Russian with the places of the pattern's groups. */
function refusalSentence(
  code: "address_this_machine" | "address_special" | "address_resolved",
): [RegExp, string] {
  const names: string[] = [];
  const pattern = EN[code].replace(/[.()]/g, "\\$&").replace(/\{(\w+)\}/g, (_, name: string) => {
    if (names.includes(name)) return `\\${names.indexOf(name) + 1}`;
    names.push(name);
    return "(.+?)";
  });
  const russian = RU[code].replace(/\{(\w+)\}/g, (_, name: string) => `$${names.indexOf(name) + 1}`);
  return [new RegExp(`^${pattern}$`, "s"), russian];
}
