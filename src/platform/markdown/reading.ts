import type { Token } from 'markdown-it';
import { textOf } from './anchors.ts';
import { everyToken, markdownParser } from './parser.ts';

const wordsPerMinute = 220;
const codeLinesPerMinute = 20;
const secondsPerPicture = 10;

/** How long reading takes, in seconds, in whole minutes: words at a reader's pace, code by the line, a moment for each picture. */
export function readingSeconds(markdown: string): number {
  let seconds = 0;
  for (const token of everyToken(markdownParser.parse(markdown, {}))) {
    if (token.type === 'inline') seconds += (wordsIn(textOf(token.children ?? [])) / wordsPerMinute) * 60;
    else if (token.type === 'fence' || token.type === 'code_block')
      seconds += (token.content.trimEnd().split('\n').length / codeLinesPerMinute) * 60;
    else if (token.type === 'image') seconds += secondsPerPicture;
  }
  return Math.max(1, Math.round(seconds / 60)) * 60;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

function wordsIn(text: string): number {
  let count = 0;
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) count += 1;
  return count;
}

/** How many words a reader reads; code is not counted. */
export function countWords(markdown: string): number {
  const lines = markdownParser.parse(markdown, {}).filter((token) => token.type === 'inline');
  return lines.reduce((sum, token) => sum + wordsIn(textOf(token.children ?? [])), 0);
}

/** The first paragraph as plain text of at most so many characters, ended at a word: for descriptions and previews. */
export function excerpt(markdown: string, longest = 160): string {
  const tokens = markdownParser.parse(markdown, {});
  const paragraph = tokens.find((token, index): token is Token => token.type === 'inline' && tokens[index - 1]?.type === 'paragraph_open');
  const text = textOf(paragraph?.children ?? [])
    .replace(/\s+/g, ' ')
    .trim();
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longest / 2)).trimEnd()}…`;
}
