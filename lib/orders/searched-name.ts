/**
 * A customer's name as it is stored for search and looked for: in small letters, ё as е, single spaces. Made here and
 * not in SQL, since in the collation "C", which a database may have, `lower` does not know Cyrillic.
 */
export function searchedName(name: string): string | null {
  const words = name.toLowerCase().replaceAll("ё", "е").split(/\s+/).filter(Boolean).join(" ");
  return words === "" ? null : words;
}
