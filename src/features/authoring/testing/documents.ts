import fc from 'fast-check';
import { calloutKinds, type DocMark, type DocNode } from '../markdown/document.ts';

/** Words that Markdown would like to read as something else. */
const tricky = fc.constantFrom(
  ...['*', '**', '_', '__', '`', '``', '~~', '[', ']', '](', '![', '{#id}', '<a>', '<https://a.test>', '&amp;', '&#35;', '\\', '\\*', '|', '$', '$x$', '$$'],
  ...['#', '## ', '#', '- ', '+ ', '1. ', '2) ', '>', '> ', '---', '===', ':::', '::: tip', '```', '~~~', '[!TIP]', '[x] ', '[ ] ', ':--', '!', '"', '(', ')'],
  ...['https://a.test/b', 'mailto:a@b.test', '//a.test', 'http:', '$5', '10$', 'snake_case', 'don’t', '☐ ', 'Ünïcode', '𝛼', '中文', '\u00A0', '\t', '  ', '{', '}', '%'],
);
const words = fc
  .array(fc.oneof({ weight: 2, arbitrary: fc.lorem({ maxCount: 2 }) }, { weight: 3, arbitrary: tricky }, fc.string({ unit: 'grapheme', maxLength: 5 }), fc.constant(' ')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(''))
  .filter((text) => text !== '' && text.isWellFormed());

const address = fc.oneof(
  fc.constantFrom('https://a.test/b?c=d&e=f', '/courses', '#part', 'lesson:0190a0b0-1111-7111-8111-111111111111#part', 'mailto:a@b.test', 'https://a.test/(x)', 'a b'),
  fc.webUrl(),
);
const title = fc.option(words, { nil: null });
const simple = (type: string) => fc.constant<DocMark>({ type });
const mark = fc.oneof<fc.Arbitrary<DocMark>[]>(
  simple('bold'),
  simple('italic'),
  simple('strike'),
  simple('code'),
  simple('softBreak'),
  fc.record({ type: fc.constant('link'), attrs: fc.record({ href: address, title }) }),
  fc.record({ type: fc.constant('anchor'), attrs: fc.record({ id: fc.constantFrom('one', 'two', 'Three') }) }),
);
const marks = fc.uniqueArray(mark, { maxLength: 3, selector: ({ type }) => type });

const tex = fc.oneof(fc.constantFrom('x^2', '\\frac{a}{b}', 'a < b', '5 apples', '\\$5', 'a|b', 'x_1*y_2*z', '\\\\', '`', '$'), words);
const inline = fc.oneof<fc.Arbitrary<DocNode>[]>(
  fc.record({ type: fc.constant('text'), text: words, marks }),
  fc.record({ type: fc.constant('text'), text: words, marks }),
  fc.record({ type: fc.constant('text'), text: words }),
  fc.record({ type: fc.constant('text'), text: fc.constant(' '), marks: fc.constant([{ type: 'softBreak' }]) }),
  fc.record({ type: fc.constant('hardBreak') }),
  fc.record({ type: fc.constant('mathInline'), attrs: fc.record({ tex }), marks }),
  fc.record({ type: fc.constant('image'), attrs: fc.record({ src: address, alt: words, title }), marks }),
);
const line = fc.array(inline, { maxLength: 5 });

const embed = fc.constantFrom('https://www.youtube.com/watch?v=abcdefghijk', 'https://vimeo.com/123456789', 'https://codepen.io/a/pen/abcdef');
const code = fc.oneof(words, fc.constantFrom('a\n\nb', '```\nx\n```', ':::', '  indented', '~~~', 'a\n', '\n', '\ta'));

/** Any text that the editor can hold, down to this depth. */
function blocks(depth: number): fc.Arbitrary<DocNode[]> {
  const paragraph = fc.record({ type: fc.constant('paragraph'), content: line });
  const leaves = fc.oneof<fc.Arbitrary<DocNode>[]>(
    paragraph,
    paragraph,
    fc.record({ type: fc.constant('heading'), attrs: fc.record({ level: fc.integer({ min: 1, max: 6 }), id: fc.constantFrom(null, 'own', 'Ein-Teil') }), content: line }),
    fc.record({
      type: fc.constant('codeBlock'),
      attrs: fc.record({ language: fc.constantFrom(null, 'js', 'c++', 'a b', 'x`y', 'a\\b&amp;') }),
      content: fc.array(fc.record({ type: fc.constant('text'), text: code }), { maxLength: 1 }),
    }),
    fc.record({ type: fc.constant('horizontalRule') }),
    fc.record({ type: fc.constant('mathBlock'), attrs: fc.record({ tex: fc.oneof(tex, fc.constant('a\n\nb')) }) }),
    table(line),
  );
  if (depth === 0) return fc.array(leaves, { minLength: 1, maxLength: 3 });
  const inner = blocks(depth - 1);
  const items = fc.array(fc.record({ type: fc.constant('listItem'), attrs: fc.record({ checked: fc.constantFrom(null, null, true, false) }), content: inner }), {
    minLength: 1,
    maxLength: 3,
  });
  const tight = fc.boolean();
  const containers = fc.oneof<fc.Arbitrary<DocNode>[]>(
    fc.record({ type: fc.constant('bulletList'), attrs: fc.record({ tight }), content: items }),
    fc.record({ type: fc.constant('orderedList'), attrs: fc.record({ tight, start: fc.constantFrom(1, 1, 0, 9, 100) }), content: items }),
    fc.record({ type: fc.constant('blockquote'), content: inner }),
    fc.record({ type: fc.constant('callout'), attrs: fc.record({ kind: fc.constantFrom(...calloutKinds), title }), content: inner }),
    fc.record({ type: fc.constant('details'), attrs: fc.record({ title }), content: inner }),
  );
  return fc.array(fc.oneof(leaves, containers), { minLength: 1, maxLength: 4 });
}

function table(cells: fc.Arbitrary<DocNode[]>): fc.Arbitrary<DocNode> {
  return fc.record({ width: fc.integer({ min: 1, max: 3 }), height: fc.integer({ min: 1, max: 3 }) }).chain(({ width, height }) => {
    const cell = fc.record({
      type: fc.constant('tableCell'),
      attrs: fc.record({ align: fc.constantFrom(null, 'left', 'center', 'right') }),
      content: fc.tuple(fc.record({ type: fc.constant('paragraph'), content: cells })),
    });
    const row = fc.record({ type: fc.constant('tableRow'), content: fc.array(cell, { minLength: width, maxLength: width }) });
    return fc.record({ type: fc.constant('table'), content: fc.array(row, { minLength: height, maxLength: height }) });
  });
}

/** Any text that the editor can hold. */
export const documents: fc.Arbitrary<DocNode> = fc
  .array(fc.oneof({ weight: 6, arbitrary: blocks(2) }, fc.tuple(fc.record({ type: fc.constant('embed'), attrs: fc.record({ src: embed }) }))), { minLength: 1, maxLength: 2 })
  .map((parts) => ({ type: 'doc', content: parts.flat() }));
