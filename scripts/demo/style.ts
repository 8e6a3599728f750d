import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Coloured on a terminal only, so that a pipe or a CI log gets plain text. */
export function paint(style: Style, text: string): string {
  return process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;
}

export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

export function heading(text: string): void {
  say(`\n${paint("bold", text)}`);
}

/** Cut or filled to exactly `width` characters. */
export function column(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}
