import { decodeEntities } from '../markdown/html-tags.ts';
import { htmlToMarkdown } from '../markdown/html-to-markdown.ts';

const tag = /(<\/?[a-zA-Z](?:"[^"]*"|'[^']*'|[^"'<>])*>)/;
const codeTag = /^<(\/?)(?:pre|code|kbd|samp|tt)\b/i;
/** Stands for an empty line of code while the text around it may have none. */
const emptyLine = '\uE000';

/** What only a page of the platform that it comes from understands. */
const machinery = /<(script|style|button)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->|<link\b[^>]*>/gi;

export interface ConvertedHtml {
  markdown: string;
  /** What was lost on the way, in words; empty when nothing was. */
  lost: string;
}

/** Markdown of a page that was only ever HTML: what Markdown would read as its own signs are words here, and indentation means nothing. */
export function pageToMarkdown(html: string): ConvertedHtml {
  const gone = new Map<string, number>();
  const count = (name: string, amount = 1) => gone.set(name, (gone.get(name) ?? 0) + amount);
  const plain = html.replace(machinery, (_, name?: string) => {
    count(name === undefined ? 'reference to a style or comment' : name.toLowerCase());
    return '';
  });
  const { markdown, counts } = htmlToMarkdown(`<div>\n${asOneBlock(mathsOf(plain))}\n</div>`);
  for (const [name, amount] of Object.entries(counts.removed)) count(name, amount);
  for (const name of ['input', 'select', 'textarea']) if (counts.unwrapped[name]) count(name, counts.unwrapped[name]);
  const text = markdown.replaceAll(emptyLine, '').trim();
  return {
    // What led to buttons and is nothing without them.
    markdown: gone.has('button') && text.length < 100 ? '' : text,
    lost: [...gone].map(([name, amount]) => `${amount} × ${name}`).join(', '),
  };
}

/** Formulas as Markdown writes them. */
function mathsOf(html: string): string {
  return html
    .replace(/\\\[([\s\S]{1,5000}?)\\\]/g, (_, formula: string) => `<p>$$${formula.replace(/\s+/g, ' ')}$$</p>`)
    .replace(/\\\(([\s\S]{1,5000}?)\\\)/g, (_, formula: string) => `$${formula.replace(/\s+/g, ' ').trim()}$`);
}

function asOneBlock(html: string): string {
  let inCode = 0;
  const parts = html.split(tag).map((part, index) => {
    if (index % 2 === 0) return inCode > 0 ? part.replace(/\n[ \t]*(?=\n)/g, `\n${emptyLine}`) : words(part);
    const [, slash] = codeTag.exec(part) ?? [];
    if (slash !== undefined) inCode = Math.max(0, inCode + (slash === '' ? 1 : -1));
    return part.replace(/\s*\n\s*/g, ' ');
  });
  return parts.join('');
}

/** The characters that entities name, but for those that would be taken for tags. */
function withoutNames(text: string): string {
  return text.replace(/&(?!(?:lt|gt|amp|quot|#0*(?:34|38|60|62)|#x0*(?:22|26|3c|3e));)#?\w{1,32};/gi, (entity) => decodeEntities(entity).replace('\u00a0', ' '));
}

function words(text: string): string {
  const escaped = withoutNames(text)
    .split(/(\$\$?[^$\n]+\$\$?)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_[\]]/g, '\\$&')))
    .join('');
  return escaped.replace(/\s*\n\s*/g, '\n').replace(/^(\s*)(?:([#+-]+)|(\d+)([.)]))(?=\s)/, (_, space: string, sign?: string, digits?: string, end?: string) =>
    sign === undefined ? `${space}${digits}\\${end}` : `${space}\\${sign}`,
  );
}
