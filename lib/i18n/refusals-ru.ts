/**
 * lib speaks English, the language of the API; this is how the panel says the same in Russian. A `{name}` in the
 * English text matches whatever stands there and is put into the Russian one.
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
  ["Give an e-mail address, such as anna@example.com.", "Укажите адрес e-mail, например anna@example.com."],
  ["Give the user's name.", "Укажите имя пользователя."],
  ["Give the token a name: who will use it?", "Назовите токен: кто будет им пользоваться?"],
  [
    "There is no valid API token {id}; it may be revoked already.",
    "Действующего токена {id} нет: возможно, он уже отозван.",
  ],
];
