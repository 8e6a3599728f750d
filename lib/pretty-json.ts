import { parsedJson } from "@/lib/json-object";

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

// Indentation grows with the square of the depth: 16 KiB of brackets would become 100 MB.
const MAX_DEPTH = 40;

/**
 * JSON with line breaks and two spaces of indentation, every token as it came: numbers keep all their digits and
 * repeated keys stay. Null for what is no JSON object or array, or nested too deeply to be read.
 */
export function prettyJson(text: string): string | null {
  if (!/^\s*[{[]/.test(text) || parsedJson(text) === undefined) return null;
  const lines: string[] = [];
  let line = "";
  let depth = 0;
  const end = (next: string) => {
    lines.push(line);
    line = "  ".repeat(depth) + next;
  };
  const tokens = text.match(TOKEN) ?? [];
  for (const [index, token] of tokens.entries()) {
    if (token === "}" || token === "]") {
      depth -= 1;
      if (isOpening(tokens[index - 1])) line += token;
      else end(token);
    } else if (token === ",") {
      line += ",";
      end("");
    } else if (isOpening(token)) {
      depth += 1;
      if (depth > MAX_DEPTH) return null;
      line += token;
      if (tokens[index + 1] !== "}" && tokens[index + 1] !== "]") end("");
    } else {
      line += token === ":" ? ": " : token;
    }
  }
  return [...lines, line].join("\n");
}

function isOpening(token: string | undefined): boolean {
  return token === "{" || token === "[";
}
