import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getSchema } from '@tiptap/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markdownParser } from '#platform/markdown/parser.ts';
import { renderMarkdown } from '#platform/markdown/render.ts';
import { documents } from '../testing/documents.ts';
import { markdownTexts, plainHtml } from '../testing/texts.ts';
import { dialect } from '../ui/editor/extensions.ts';
import { readMarkdown, writeMarkdown } from './lesson-markdown.ts';
import { readBlocks } from './read.ts';
import { tidyDoc } from './tidy.ts';

const schema = getSchema(dialect);

test('whatever is read fits into the editor, and comes out as it went in', () => {
  fc.assert(
    fc.property(documents, (written) => {
      const doc = tidyDoc(written);
      const held = schema.nodeFromJSON(doc);
      held.check();
      expect(tidyDoc(held.toJSON())).toEqual(doc);
    }),
    { numRuns: 200 },
  );
});

test('whatever the editor can hold comes back from Markdown as it was', () => {
  fc.assert(
    fc.property(documents, (written) => {
      const doc = tidyDoc(written);
      expect(tidyDoc(doc)).toEqual(doc);
      const tokens = markdownParser.parse(writeMarkdown(doc), {});
      expect(tidyDoc({ type: 'doc', content: readBlocks(tokens) })).toEqual(doc);
    }),
    { numRuns: 300 },
  );
});

test('whatever Markdown is written renders alike after it went through the editor, and stays as it is written while nothing changes', async () => {
  await fc.assert(
    fc.asyncProperty(markdownTexts, async (source) => {
      const read = readMarkdown(source);
      expect(writeMarkdown(read.doc, read)).toBe(read.source);
      expect(plainHtml(await renderMarkdown(writeMarkdown(read.doc)))).toBe(plainHtml(await renderMarkdown(read.source)));
    }),
    { numRuns: 300 },
  );
});

test('a change of one block leaves the spelling of the others alone', async () => {
  await fc.assert(
    fc.asyncProperty(markdownTexts, fc.nat(), async (source, at) => {
      const read = readMarkdown(source);
      const added = { type: 'paragraph', content: [{ type: 'text', text: 'Something new.' }] };
      const content = read.doc.content!.toSpliced(at % (read.doc.content!.length + 1), 0, added);
      const written = writeMarkdown({ type: 'doc', content }, read);
      expect(plainHtml(await renderMarkdown(written))).toBe(plainHtml(await renderMarkdown(writeMarkdown({ type: 'doc', content }))));
    }),
    { numRuns: 200 },
  );
  const source = 'Setext\n======\n\n* one\n* two\n\nThe *end*.\n';
  const read = readMarkdown(source);
  const content = [...read.doc.content!, { type: 'paragraph', content: [{ type: 'text', text: 'More.' }] }];
  expect(writeMarkdown({ type: 'doc', content }, read)).toBe(`${source}\nMore.\n`);
});

test('what the editor has no form for is kept as it is written', () => {
  const source = '::: columns\nOne\n:::\n\nA [word][ref].\n\n[ref]: https://a.test "There"\n';
  const read = readMarkdown(source);
  expect(read.doc.content!.map(({ type, attrs }) => [type, attrs?.source])).toEqual([
    ['markdownBlock', '::: columns\nOne\n:::'],
    ['paragraph', undefined],
    ['markdownBlock', '[ref]: https://a.test "There"'],
  ]);
  const content = [...read.doc.content!, { type: 'horizontalRule' }];
  expect(writeMarkdown({ type: 'doc', content }, read)).toBe(`${source}\n___\n`);
});

const folders = ['demo/courses', '../shared/fixtures/markdown/odin-javascript'];

describe.each(folders)('the lessons of %s', (folder) => {
  const files = existsSync(folder) ? (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.md')) : [];

  test.skipIf(files.length === 0)(
    'are understood whole, stay as they are written, and render alike when they are written anew',
    async () => {
      for (const file of files) {
        const source = readFileSync(join(folder, file), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '');
        const read = readMarkdown(source);
        expect(
          read.doc.content!.filter(({ type }) => type === 'markdownBlock'),
          file,
        ).toEqual([]);
        expect(writeMarkdown(read.doc, read), file).toBe(read.source);
        expect(await renderMarkdown(writeMarkdown(read.doc)), file).toBe(await renderMarkdown(source));
      }
    },
  );
});
