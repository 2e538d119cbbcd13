import type { Font } from '#platform/fonts/font.ts';
import { escapeHtml } from '#platform/html/escape.ts';
import { coverSvg } from '#ui/cover.ts';
import { markSvg } from '#ui/mark.ts';

/** The size that every network shows. */
const socialSize = { width: 1200, height: 630 };
/** Where the course's picture is. */
export const pictureFrame = { x: 744, y: 0, width: 456, height: 630 };

export interface SocialWords {
  title: string;
  category: string | null;
  instructor: string;
  school: string;
}

const ink = '#231c15';
const muted = '#655b50';
const margin = 72;
const column = pictureFrame.x - 2 * margin;

/** A course's poster: its words on paper, its picture at the side. Letters are drawn as outlines where the fonts know them all. */
export function socialSvg(words: SocialWords, fonts: { serif: Font; sans: Font }): string {
  const { title, lines } = titleLines(words.title, fonts.serif);
  const step = title * 1.12;
  const top = 300 - ((lines.length - 1) * step) / 2;
  const write = (font: Font, text: string, x: number, y: number, size: number, fill: string) =>
    font.knows(text)
      ? `<path fill="${fill}" d="${font.path(text, { x, y, size })}"/>`
      : `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" font-family="sans-serif">${escapeHtml(text)}</text>`;
  const cover = coverSvg(words).replace(
    '<svg ',
    `<svg x="${pictureFrame.x}" y="0" width="${pictureFrame.width}" height="${pictureFrame.height}" `,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${socialSize.width}" height="${socialSize.height}">`,
    `<rect width="${socialSize.width}" height="${socialSize.height}" fill="#fbf7f0"/>${cover}`,
    words.category ? write(fonts.sans, cut(words.category, fonts.sans, 28), margin, top - title * 1.15, 28, muted) : '',
    ...lines.map((line, index) => write(fonts.serif, line, margin, top + index * step, title, ink)),
    write(fonts.sans, cut(words.instructor, fonts.sans, 28), margin, top + lines.length * step + 4, 28, muted),
    markSvg({ x: margin, y: 530, size: 44 }),
    `${write(fonts.serif, words.school, margin + 58, 564, 36, ink)}</svg>`,
  ].join('');
}

/** The largest letters by which a title fits in four lines; beyond that it is cut. */
function titleLines(text: string, font: Font): { title: number; lines: string[] } {
  for (const title of [76, 66, 56, 48]) {
    const lines = wrap(text, font, title);
    if (lines.length <= (title > 60 ? 3 : 4) && lines.every((line) => widthOf(line, font, title) <= column)) return { title, lines };
  }
  const lines = wrap(text, font, 48);
  const kept = lines.slice(0, 4);
  if (lines.length > 4) kept[3] = `${kept[3]} …`;
  return { title: 48, lines: kept.map((line) => cut(line, font, 48)) };
}

function wrap(text: string, font: Font, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && widthOf(longer, font, size) <= column) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function cut(text: string, font: Font, size: number): string {
  if (widthOf(text, font, size) <= column) return text;
  const letters = [...text];
  while (letters.length > 1 && widthOf(`${letters.join('')}…`, font, size) > column) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** Of letters that the font lacks nothing is known but that they are about as wide as high. */
function widthOf(text: string, font: Font, size: number): number {
  return font.knows(text) ? font.width(text, size) : [...text].length * size * 0.7;
}
