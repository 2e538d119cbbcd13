import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everyToken, markdownParser } from '#platform/markdown/parser.ts';
import { asDestination, destinationsOf, withDestinations } from './destinations.ts';

const addresses = (source: string) => destinationsOf(source).map(({ address, isImage }) => (isImage ? `!${address}` : address));

test.each([
  ['[a](b.md) and ![c](d.png "title")', ['b.md', '!d.png']],
  ['[![badge](b.svg)](https://x.test)', ['!b.svg', 'https://x.test']],
  ['[a](<b c.md>) [d](e_(f).md)', ['b c.md', 'e_(f).md']],
  ['[a]: b.md "t"\n\n[a] text', ['b.md']],
  ['> [a](b.md)\n> 1. [c](d.md)', ['b.md', 'd.md']],
  ['`[a](b.md)` \\[c](d.md) [e] (f.md)', []],
  ['```\n[a](b.md)\n```\n\n    [c](d.md)\n', []],
  ['[a](b c)', []],
  ['[a]()', []],
])('%j has the destinations %j', (source, expected) => {
  expect(addresses(source)).toEqual(expected);
});

test('other destinations take their places and nothing else changes', () => {
  expect(withDestinations('[a](b.md "t") `[a](b.md)` ![c](d.png)', ({ address, isImage }) => (isImage ? undefined : `/${address}`))).toBe(
    '[a](/b.md "t") `[a](b.md)` ![c](d.png)',
  );
});

test('a source whose destinations stay comes out to the letter', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom('[', ']', '(', ')', '`', '\\', '!', '[a](b)', '\n', '\n\n', '    ', '> ', '[a]: b\n', '```\n'),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      const source = parts.join('');
      expect(withDestinations(source, () => undefined)).toBe(source);
    }),
  );
});

test('every link that a reader would see is found', () => {
  const inline = fc.constantFrom(
    'words ',
    '**bold** ',
    '`code` ',
    '`[no](no)` ',
    '[l](a.md) ',
    '![p](b.png) ',
    '[x](c.md "t") ',
    '\\[ ',
    '[open ',
    '] ',
    '*',
  );
  const block = fc
    .tuple(fc.constantFrom('', '> ', '- ', '1. ', '## '), fc.array(inline, { maxLength: 8 }))
    .map(([mark, parts]) => mark + parts.join(''));
  fc.assert(
    fc.property(fc.array(block, { maxLength: 6 }), (blocks) => {
      const source = blocks.join('\n\n');
      const seen = [...everyToken(markdownParser.parse(source, {}))].flatMap(
        (token) => token.attrGet('href') ?? token.attrGet('src') ?? [],
      );
      const found = destinationsOf(source).map(({ address }) => address);
      for (const address of seen) expect(found).toContain(address);
    }),
    { numRuns: 500 },
  );
});

test('an address with blanks and brackets is written so that a link can hold it', () => {
  for (const address of ['a b(c).md', 'ü <x>.md', 'plain.md']) {
    expect(addresses(`[a](${asDestination(address)})`)).toHaveLength(1);
  }
});
