import { countWords, readingSeconds } from '#platform/markdown/reading.ts';

/** How much there is to read, in words. */
export function textFacts(markdown: string): string {
  const words = countWords(markdown);
  if (words === 0) return 'No words yet';
  const minutes = readingSeconds(markdown) / 60;
  return `${words.toLocaleString('en-US')} ${words === 1 ? 'word' : 'words'} · ${minutes} min to read`;
}
