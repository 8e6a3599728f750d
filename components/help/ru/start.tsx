import { eventExample } from "../event-example";
import { Code, Example, List, PanelLink, SubHeading, Text } from "../prose";
import type { HelpSection } from "../section";

export function startRu(origin: string): HelpSection[] {
  return [
    {
      id: "what",
      title: "Что делает система",
      content: (
        <>
          <Text>
            iiko-base ведёт заказы ресторана и сообщает о каждом изменении. Система принимает эти сообщения и
            сразу пересылает их туда, где они нужны: в Senler, CRM, аналитику. Куда, что и в каком виде
            пересылать, решают вебхуки, которые вы настраиваете здесь.
          </Text>
          <List>
            <li>
              Вебхук — это один адрес получателя со своим форматом, авторизацией, событиями и фильтрами.
            </li>
            <li>Доставка — путь одного события к одному вебхуку. Не вышло с первого раза — будут повторы.</li>
            <li>Попытка — один запрос. Все попытки с ответами лежат в логах.</li>
          </List>
        </>
      ),
    },
    {
      id: "connect",
      title: "Как подключить iiko-base",
      content: (
        <>
          <Text>
            iiko-base присылает события обычным POST-запросом. Ключ <Code>EVENT_KEY</Code> знает администратор
            сервера. Можно прислать одно событие или массив до 5000 событий.
          </Text>
          <Example label="Событие заказа" text={eventExample(origin)} />
          <List>
            <li>
              <Code>name</Code>: <Code>order.created</Code>, <Code>order.updated</Code>,{" "}
              <Code>order.status_changed</Code> или <Code>order.cancelled</Code>.
            </li>
            <li>
              <Code>id</Code> придумывает отправитель. Событие с тем же id, присланное ещё раз, второй раз не
              уйдёт.
            </li>
            <li>
              Суммы передаются целым числом копеек, времена — в ISO 8601 со смещением. Обязательны{" "}
              <Code>status</Code> и хотя бы один из <Code>id</Code> и <Code>external_order_id</Code>.
            </li>
            <li>
              Событие, которое не подошло, не пропадёт: оно лежит в разделе{" "}
              <PanelLink href="/orders?state=rejected">Заказы</PanelLink> с объяснением.
            </li>
          </List>
        </>
      ),
    },
    {
      id: "connect-iiko",
      title: "Как подключить сам iiko",
      content: (
        <>
          <Text>
            iiko Cloud и SOI могут слать свои вебхуки прямо сюда, без iiko-base. Адрес{" "}
            <Code>/iiko/EVENT_KEY</Code> и что ввести в iiko — на странице{" "}
            <PanelLink href="/settings/sources">Откуда приходят заказы</PanelLink>.
          </Text>
          <List isOrdered>
            <li>
              Скопируйте адрес и впишите его в iikoWeb, «iikoTransport API», как <Code>webHooksUri</Code>.
            </li>
            <li>
              Если на сервере задан <Code>IIKO_AUTH_TOKEN</Code>, впишите его же как <Code>authToken</Code>.
            </li>
            <li>
              В <Code>webHooksFilter</Code> отметьте нужные статусы заказов и ошибки.
            </li>
            <li>Нажмите на той странице «Отправить пример», а потом измените в iiko настоящий заказ.</li>
          </List>
          <Text>
            Новый ли это заказ, сменился ли статус, отменён ли он, система решает по тому, что уже о нём
            знает. Повтор ничего не отправляет, опоздавшее сообщение не возвращает заказ назад. В формате
            «iiko Cloud API, как шлёт iiko» заказ уходит ровно таким, каким пришёл.
          </Text>
        </>
      ),
    },
    {
      id: "create",
      title: "Как создать вебхук",
      content: (
        <>
          <Text>
            Откройте <PanelLink href="/webhooks">Исходящие Вебхуки</PanelLink> и нажмите «Добавить Вебхук».
            Форма идёт по шагам:
          </Text>
          <List isOrdered>
            <li>Назовите вебхук так, чтобы его узнали коллеги, и укажите URL получателя.</li>
            <li>Выберите формат: рядом сразу видно, что именно уйдёт.</li>
            <li>Выберите авторизацию, которую требует получатель.</li>
            <li>Отметьте события. Каждая галочка отвечает ровно за одно событие.</li>
            <li>Если нужны не все заказы, задайте фильтры.</li>
            <li>Проверьте повторы и таймаут: начальных значений обычно хватает.</li>
            <li>Сохраните и нажмите 🧪: получателю уйдёт тестовый запрос, а вы увидите ответ.</li>
          </List>
          <SubHeading>Три готовых рецепта</SubHeading>
          <List>
            <li>
              Senler для VK: формат iiko SOI, Bearer-токен из Senler, события «создание» и «смена статуса»,
              тип <Code>DELIVERY</Code>.
            </li>
            <li>
              CRM: пользовательский формат, Basic Auth или свой заголовок с ключом, все события, без фильтров.
            </li>
            <li>
              Аналитика: формат iiko Cloud, только «смена статуса», статусы <Code>Delivered</Code> и{" "}
              <Code>Closed</Code>.
            </li>
          </List>
        </>
      ),
    },
  ];
}
