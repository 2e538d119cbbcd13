import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolder, type TestFolder } from '../../../../../../tests/support/folder.ts';
import type { Item } from '../../report.ts';
import { fieldsOf } from './front-matter.ts';
import { BrokenFile, readTextFile } from './text-file.ts';

let folder: TestFolder;
beforeAll(() => {
  folder = makeFolder('texts');
});
afterAll(() => folder.remove());

function read(content: string | Uint8Array) {
  folder.write({ 'a.md': content });
  return readTextFile({ path: 'a.md', sizeBytes: content.length, diskPath: `${folder.path}/a.md` });
}

test('front matter is cut off, whatever the line ends and with a byte order mark before it', async () => {
  expect(await read('\uFEFF---\r\ntitle: A\r\n---\r\n# Body\r\n')).toEqual({ path: 'a.md', frontMatter: { title: 'A' }, body: '# Body\n' });
  expect(await read('---\n---\nBody')).toEqual({ path: 'a.md', frontMatter: {}, body: 'Body' });
});

test('a rule at the beginning is no front matter', async () => {
  expect((await read('---\nJust words\n---\nBody')).body).toBe('---\nJust words\n---\nBody');
  expect((await read('---\n\nNever closed')).body).toBe('---\n\nNever closed');
});

test.each([
  ['bytes that are not UTF-8', Buffer.from([0x23, 0x20, 0xff, 0xfe]), /not UTF-8/],
  ['null characters', 'a\0b', /null/],
  ['front matter that does not parse', '---\ntitle: [a\n---\nBody', /front matter does not parse: .* line 3/],
  [
    'front matter that unfolds without end',
    `---\na: &a [x,x]\n${'bcdefgh'
      .split('')
      .map((name, index) => `${name}: &${name} [${`*${'abcdefg'[index]},`.repeat(9)}]`)
      .join('\n')}\n---\n`,
    /front matter does not parse/,
  ],
])('a file with %s is broken, and says why', async (_, content, message) => {
  await expect(read(content)).rejects.toThrow(BrokenFile);
  await expect(read(content)).rejects.toThrow(message);
});

test('fields of the wrong kind are left out with a line; unknown ones belong to other tools', async () => {
  const leftOut: Item[] = [];
  const file = await read(
    '---\ntitle: "A\\u0000B\\uD800"\norder: first\nsidebar_position: 3\npreview: perhaps\nduration: 1:05\ntoc: true\n---\n',
  );
  expect(fieldsOf('lesson', file, leftOut)).toEqual({ title: 'AB\uFFFD', order: 3, duration: 65 });
  expect(leftOut.map((item) => item.what)).toEqual([
    'front matter: “order” is not a number',
    'front matter: “preview” is neither true nor false',
  ]);
});

test.each([
  [90, 90],
  ['12 min', 720],
  ['1h 5m', 3900],
  ['1:02:03', 3723],
  ['45s', 45],
])('a duration of %j is %i seconds', (duration, seconds) => {
  expect(fieldsOf('lesson', { path: 'a.md', frontMatter: { duration }, body: '' }, [])).toEqual({ duration: seconds });
});

test.each(['soon', -3, 0, '', 1e9])('a duration of %j is none', (duration) => {
  expect(fieldsOf('lesson', { path: 'a.md', frontMatter: { duration }, body: '' }, [])).toEqual({});
});
