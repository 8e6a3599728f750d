/** The columns of the list of webhooks, the same for its head and for each row; below this width a row is a card. */
export const LIST_GRID =
  "xl:grid xl:grid-cols-[minmax(0,1fr)_8.75rem_5rem_4.25rem_8rem_3rem_10rem] xl:items-center xl:gap-x-3 xl:px-3 min-[88rem]:grid-cols-[minmax(0,1fr)_8.75rem_6rem_5rem_4.25rem_8rem_3rem_10rem]";
