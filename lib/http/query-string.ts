type Search = Record<string, string | number | undefined>;

/** The parameters of an address; what is not given or empty is left out. */
export function toQueryString(search: Search): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

/** A path with these parameters, as `toQueryString` writes them. */
export function withQuery({ path, search }: { path: string; search: Search }): string {
  const query = toQueryString(search);
  return query ? `${path}?${query}` : path;
}
