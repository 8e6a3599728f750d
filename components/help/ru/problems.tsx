import { logExample } from "../event-example";
import { FaultAnswers } from "../fault-answers";
import { Answer, Code, Example, List, PanelLink, Text } from "../prose";
import type { HelpSection } from "../section";

export function problemsRu(origin: string): HelpSection[] {
  return [
    {
      id: "problems",
      title: "Решение проблем",
      content: (
        <>
          <Answer question="Вебхук не отправляется">
            <Text>
              Найдите заказ в разделе <PanelLink href="/orders">Заказы</PanelLink>: его история прямо говорит,
              почему он не ушёл. Причин бывает пять:
            </Text>
            <List>
              <li>заказа там нет: iiko-base его не присылала;</li>
              <li>событие не принято: данные не подошли под описание;</li>
              <li>вебхук был выключен;</li>
              <li>у вебхука выключено это событие;</li>
              <li>заказ не прошёл один из фильтров.</li>
            </List>
          </Answer>
          <FaultAnswers />
        </>
      ),
    },
    {
      id: "faq",
      title: "Частые вопросы",
      content: (
        <>
          <Answer question="Можно ли отправлять на несколько адресов?">
            <Text>Да: сделайте по вебхуку на каждый. Медленный получатель не задержит остальных.</Text>
          </Answer>
          <Answer question="Что именно отправляется о заказе?">
            <Text>
              Зависит от формата: от статуса и суммы до состава с модификаторами. Точный JSON форма вебхука
              показывает на примере и на настоящем недавнем заказе.
            </Text>
          </Answer>
          <Answer question="Как узнать, что заказ дошёл?">
            <Text>Ответ получателя с кодом 200–299 — дошёл. Это видно в логах и в истории заказа.</Text>
          </Answer>
          <Answer question="Как узнать, что вебхук перестал работать?">
            <Text>
              Администратор включает в настройках <PanelLink href="/settings/alerts">оповещения</PanelLink>: в
              Telegram, на почту или туда и туда. Там же задают, о чём и когда сообщать, и отправляют
              проверочное.
            </Text>
          </Answer>
          <Answer question="Можно ли отправить повторно?">
            <Text>
              Да: любую отправку из логов, любую доставку со страницы заказа, и отменённую, или сразу все
              недоставленные. Нужна роль «Менеджер».
            </Text>
          </Answer>
          <Answer question="Сколько вебхуков можно создать?">
            <Text>Предела нет, но лучше держать включёнными не больше десяти: за ними легче следить.</Text>
          </Answer>
          <Answer question="Сколько хранятся логи?">
            <Text>
              Тридцать дней, если администратор не изменил <Code>LOG_RETENTION_DAYS</Code>.
            </Text>
          </Answer>
          <Answer question="Кто что может?">
            <List>
              <li>Наблюдатель видит вебхуки, логи и заказы, но без тел запросов и данных клиента.</li>
              <li>Оператор видит и тела, и может отправлять тест.</li>
              <li>Менеджер создаёт, меняет и удаляет вебхуки, отправляет повторно.</li>
              <li>
                Администратор управляет пользователями, токенами и оповещениями и видит журнал действий.
              </li>
            </List>
          </Answer>
        </>
      ),
    },
    {
      id: "api",
      title: "API для разработчиков",
      content: (
        <>
          <Text>
            Всё, что умеет панель, умеет и REST API: тот же адрес, путь <Code>/api/v1</Code>. Токен создаёт
            администратор в <PanelLink href="/settings/tokens">настройках</PanelLink>, у токена своя роль.{" "}
            <a
              href="/api/docs"
              className="font-medium text-primary underline underline-offset-4 hover:no-underline"
            >
              Полное описание API
            </a>
            .
          </Text>
          <Example label="Последние ошибки" text={logExample(origin)} />
        </>
      ),
    },
  ];
}
