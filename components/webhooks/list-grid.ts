/** The columns of the list of webhooks, the same for its head and for each row; below this width a row is a card. */
export const LIST_GRID =
  "lg:grid lg:grid-cols-[minmax(0,1fr)_8.5rem_4.25rem_4.25rem_7rem_3.75rem_11rem] lg:items-center lg:gap-x-3 lg:px-3 xl:grid-cols-[minmax(0,1fr)_9.5rem_6.5rem_5rem_4.5rem_8.5rem_3.5rem_11rem]";
