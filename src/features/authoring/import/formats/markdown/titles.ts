import { textOf } from '#platform/markdown/anchors.ts';
import { markdownParser } from '#platform/markdown/parser.ts';

/**
 * The heading that is a text's title, and the text without it: a first heading of level 1, or a first heading with no other of its level or above.
 * (`### Introduction` before `### The rest` is no title.)
 */
export function takeTitle(markdown: string): { title: string | undefined; body: string } {
  const tokens = markdownParser.parse(markdown, {});
  const headings = tokens.filter((token) => token.type === 'heading_open' && token.level === 0);
  const [first] = headings;
  const isAlone = headings.slice(1).every((heading) => heading.tag > first!.tag);
  if (!first?.map || tokens[0] !== first || (first.tag !== 'h1' && !isAlone)) return { title: undefined, body: markdown };
  const title = textOf(tokens[1]?.children ?? [])
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
  if (title === '') return { title: undefined, body: markdown };
  return {
    title,
    body: markdown
      .split('\n')
      .slice(first.map[1])
      .join('\n')
      .replace(/^\s*\n/, ''),
  };
}

/** Numbers in front of a name that only say its place: `01-`, `2.3_`, `4 `. */
const numbering = /^\d+(?:[._-]\d+)*[\s._)-]+(?=\D)/;

/** A file's or folder's name as a title: `02_json_and_apis.md` → `JSON and APIs`, in the spelling that the text itself uses most. */
export function titleFromName(name: string, text: string): string {
  const bare = name.replace(/\.(md|markdown|mdx)$/i, '').replace(numbering, '');
  const words = (/[\s_-]/.test(bare) ? bare.split(/[\s_-]+/) : [bare]).filter(Boolean);
  const prose = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/https?:\/\/\S+|\]\([^)]*\)/g, '');
  const spelled = words.map(
    (word, index) => spelling(word, prose) ?? (index === 0 && /[aeiouy]/i.test(word) ? word[0]!.toUpperCase() + word.slice(1) : word),
  );
  return spelled.join(' ').slice(0, 200) || name.slice(0, 200);
}

/** How the text writes a word that it writes with capitals within (JSON, JavaScript), if it mostly does. */
function spelling(word: string, text: string): string | undefined {
  const counts = new Map<string, number>();
  const asWord = new RegExp(`(?<![\\w./-])${RegExp.escape(word)}(?![\\w/-]|\\.\\w)`, 'giu');
  for (const [found] of text.matchAll(asWord)) counts.set(found, (counts.get(found) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return most !== undefined && /\p{Lu}/u.test(most.slice(1)) ? most : undefined;
}
