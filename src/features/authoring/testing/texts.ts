import fc from 'fast-check';

const piece = fc.constantFrom(
  ...['Words that go on', 'and on.', '*one*', '**two**', '***three***', '~~four~~', '`code`', '``a ` b``', '[link](https://a.test "T")', '[ref][r]', '[r]', '<https://b.test>', 'https://c.test/d'],
  ...['![tree](/files/ab/c.webp)', '[named]{#part}', '$x^2$', '$5 and $10', '&amp; &copy;', '\\*', 'a_b_c', '**bold [link](/x) on**', '[a **b** c](#part)', '  \n', '\\\n', '\n', ' ', '☐', '<b>', '{#own}', '!'],
);
const line = fc.array(piece, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(' '));

const block = fc.oneof(
  line,
  line,
  line.map((text) => `## ${text.replaceAll('\n', ' ')}`),
  line.map((text) => `${text}\n---`),
  fc.array(line, { minLength: 1, maxLength: 3 }).map((items) => items.map((item) => `- ${item}`).join('\n')),
  fc.array(line, { minLength: 1, maxLength: 3 }).map((items) => items.map((item, index) => `${index + 3}) ${item}\n`).join('\n')),
  line.map((text) => `* [x] ${text}\n  * [ ] inner\n\n    more\n* last`),
  line.map((text) => `> ${text}\nlazy\n>\n> > deeper`),
  line.map((text) => `> [!WARNING]\n> ${text}`),
  line.map((text) => `::: tip Title *here*\n${text}\n\n- a\n- b\n:::`),
  line.map((text) => `::: details\n${text}\n:::`),
  line.map((text) => `:::: unknown\n${text}\n::::`),
  line.map((text) => `| a | ${text.replaceAll('\n', ' ')} |\n|:-:|---|\n| 1 | \\| |`),
  fc.constantFrom(
    '```js\nconst a = `1`;\n```',
    '    indented\n\n    code',
    '~~~\n```\n~~~',
    '```open',
    '***',
    '- - -',
    '$$\n\\frac{1}{2}\n$$',
    '$$ a $$',
    'https://www.youtube.com/watch?v=abcdefghijk',
    '[r]: https://r.test',
    '1.\n2. two',
    '- ```js\n  x\n  ```\n- > q',
    '<div>raw</div>',
    'Setext\n===',
    ':::',
    '-',
    '# ',
    '\u00A0',
    '| a |\n| - |',
    '+ a\n\n\n+ b\n\n      code',
  ),
);

/** Texts as people and other programs write them, and as nobody would. */
export const markdownTexts: fc.Arbitrary<string> = fc
  .array(fc.tuple(block, fc.constantFrom('\n\n', '\n\n', '\n', '\n\n\n')), { maxLength: 6 })
  .map((parts) => parts.flat().join(''));

const inlineTag = /^<(\/?)(strong|em|s|a|span)\b/;

/** HTML in which it does not matter in which order marks on the same words nest, nor whether space is marked. */
export function plainHtml(html: string): string {
  const open: string[] = [];
  const pieces: { marks: string; text: string }[] = [];
  for (const part of html.match(/<[^>]*>|[^<\s]+|\s+/g) ?? []) {
    const [, closes, name] = inlineTag.exec(part) ?? [];
    if (closes) open.pop();
    else if (name) open.push(part);
    else add(pieces, part.trim() === '' || part.startsWith('<') ? '' : [...open].sort().join(''), part);
  }
  return pieces.map(({ marks, text }) => `${marks}${text}`).join('');
}

function add(pieces: { marks: string; text: string }[], marks: string, text: string): void {
  const last = pieces.at(-1);
  if (last?.marks === marks) last.text += text.trim() === '' ? ' ' : text;
  else pieces.push({ marks, text: text.trim() === '' ? ' ' : text });
}
