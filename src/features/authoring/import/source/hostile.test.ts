import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { zip } from '../../../../../tests/support/zip.ts';
import { scratchPlace } from '../../testing/scratch.ts';
import { openSource } from './open-source.ts';
import { limits } from './source-tree.ts';

const { folderOf, unpacked } = scratchPlace();

type Entry = {
  name: string;
  content?: string | Uint8Array;
  type?: 'file' | 'symlink' | 'link' | 'character-device' | 'fifo' | 'directory';
  linkname?: string;
};

async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  const bytes = buffer(archive as unknown as AsyncIterable<Buffer> as never);
  for (const { content, ...header } of entries) archive.entry(header, Buffer.from(content ?? ''));
  archive.finalize();
  return bytes;
}

async function open(bytes: Uint8Array, name = 'course.tar.gz') {
  const folder = folderOf('archives', { [name]: bytes });
  return openSource(join(folder.path, name));
}

/** Nothing comes in, and nothing stays unpacked. */
async function isRefused(bytes: Uint8Array, words: RegExp): Promise<void> {
  const before = unpacked();
  await expect(open(bytes)).rejects.toThrow(words);
  expect(unpacked()).toBe(before);
}

test('an archive is known by its bytes, whatever it is called', async () => {
  const files = [{ name: 'course/a.md', content: 'a' }];
  for (const bytes of [gzipSync(await tarOf(files)), await tarOf(files), zip(files)]) {
    const tree = await open(bytes, 'download.bin');
    expect([tree.name, [...tree.files.keys()]]).toEqual(['course', ['a.md']]);
    await tree.close();
  }
});

test.each(['../evil.md', 'a/../../evil.md', '/etc/evil.md', 'C:/evil.md', '..\\evil.md', './../evil.md'])(
  'a tar archive with the name %s is refused as a whole',
  async (name) => {
    await isRefused(
      gzipSync(
        await tarOf([
          { name: 'good.md', content: 'a' },
          { name, content: 'b' },
        ]),
      ),
      /leads out of it.*Nothing was imported/,
    );
  },
);

test('links, devices, pipes and doubled names in a tar archive are left out with a line each, and nothing is written through them', async () => {
  const tree = await open(
    gzipSync(
      await tarOf([
        { name: 'a.md', content: 'a' },
        { name: 'A.md', content: 'other' },
        { name: 'etc', type: 'symlink', linkname: '/etc' },
        { name: 'etc/passwd', content: 'evil' },
        { name: 'hard.md', type: 'link', linkname: '/etc/passwd' },
        { name: 'null', type: 'character-device' },
        { name: 'pipe', type: 'fifo' },
      ]),
    ),
  );
  expect([...tree.files.keys()].sort()).toEqual(['a.md', 'etc/passwd']);
  expect(tree.leftOut).toEqual([
    { path: 'A.md', what: 'a second file of this name' },
    { path: 'etc', what: 'a symbolic link' },
    { path: 'hard.md', what: 'a hard link' },
    { path: 'null', what: 'not a file' },
    { path: 'pipe', what: 'not a file' },
  ]);
  await tree.close();
});

test('names that no folder can hold, or that are no UTF-8, are left out', async () => {
  const odd = await tarOf([{ name: 'caf?.md', content: 'x' }]);
  odd[odd.indexOf('caf?.md') + 3] = 0xe9;
  // The header says what its bytes add up to.
  const sum = odd.subarray(0, 512).reduce((total, byte, place) => total + (place >= 148 && place < 156 ? 32 : byte), 0);
  odd.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  const tree = await open(
    gzipSync(
      Buffer.concat([
        await withoutEnd(odd),
        await tarOf([
          { name: `${'n'.repeat(300)}.md`, content: 'x' },
          { name: 'a//b.md', content: 'x' },
          { name: 'good.md', content: 'x' },
        ]),
      ]),
    ),
  );
  expect([...tree.files.keys()]).toEqual(['good.md']);
  expect(tree.leftOut.map(({ what }) => what)).toEqual([
    'a name that is not written in UTF-8',
    'a name that no folder can hold',
    'a name that no folder can hold',
  ]);
  await tree.close();
});

async function withoutEnd(archive: Buffer): Promise<Buffer> {
  return archive.subarray(0, archive.length - 1024);
}

test('a tar archive that unpacks to far more than it weighs is refused while it unpacks', async () => {
  await isRefused(gzipSync(await tarOf([{ name: 'a.md', content: Buffer.alloc(64 * 1024 * 1024) }])), /zip bomb/);
});

test('what a tar archive hides where nobody unpacks it counts, too', async () => {
  const many = Array.from({ length: 3 }, (_, index) => ({ name: `.hidden/${index}.md`, content: Buffer.alloc(16 * 1024 * 1024) }));
  await isRefused(gzipSync(await tarOf(many)), /zip bomb/);
});

test('a name that goes on for megabytes is not waited for', async () => {
  const [header] = [await tarOf([{ name: 'long', content: 'x' }])];
  header[156] = 'L'.charCodeAt(0);
  header.write(`${(30 * 1024 * 1024).toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  const sum = header.subarray(0, 512).reduce((total, byte, place) => total + (place >= 148 && place < 156 ? 32 : byte), 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  const noise = Buffer.alloc(8 * 1024 * 1024, 'x');
  await isRefused(gzipSync(Buffer.concat([header.subarray(0, 512), noise])), /Header exceeds max size/);
});

test('a tar archive that was cut off, or is none under its compression, is refused', async () => {
  const whole = gzipSync(await tarOf([{ name: 'a.md', content: 'a'.repeat(5000) }]));
  await isRefused(whole.subarray(0, whole.length - 10), /cannot be read as a zip or tar\.gz archive/);
  await isRefused(gzipSync('words, and no archive'.repeat(100)), /cannot be read as a zip or tar\.gz archive|is empty/);
});

test('ten thousand files come in within bounds', async () => {
  const files = Array.from({ length: limits.files }, (_, index) => ({ name: `${index % 100}/${index}.md`, content: 'x' }));
  const archive = gzipSync(await tarOf(files));
  const before = process.memoryUsage().rss;
  const tree = await open(archive);
  expect(tree.files.size).toBe(limits.files);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  await tree.close();
});

test('a million folders are no course', async () => {
  const folders = Array.from({ length: limits.entries + 1 }, (_, index) => ({ name: `${index}/`, type: 'directory' as const }));
  await isRefused(gzipSync(await tarOf(folders)), /more than 30000 entries/);
  await isRefused(zip(folders.map(({ name }) => ({ name }))), /more than 30000 entries/);
});
