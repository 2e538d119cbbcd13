import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ZipEntry, zip } from '../../../../../tests/support/zip.ts';
import { scratchPlace } from '../../testing/scratch.ts';
import { openSource } from './open-source.ts';

const { folderOf, unpacked } = scratchPlace();

async function openZip(entries: ZipEntry[] | Buffer) {
  const folder = folderOf('zips', { 'course.zip': Buffer.isBuffer(entries) ? entries : zip(entries) });
  return openSource(join(folder.path, 'course.zip'));
}

test('a folder is read without what programs leave behind', async () => {
  const folder = folderOf('course', {
    'a.md': 'a',
    '.git/config': 'x',
    'one/b.md': 'bb',
    '__MACOSX/one/._b.md': 'x',
    'node_modules/x/readme.md': 'x',
  });
  const tree = await openSource(folder.path);
  expect(tree.name).toBe('course');
  expect([...tree.files.values()].map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
    ['a.md', 1],
    ['one/b.md', 2],
  ]);
});

test('a symbolic link is followed within the folder and never out of it', async () => {
  const folder = folderOf('course', { 'a.md': 'a' });
  symlinkSync(join(folder.path, 'a.md'), join(folder.path, 'inside.md'));
  symlinkSync('/etc/passwd', join(folder.path, 'outside.md'));
  symlinkSync('/etc', join(folder.path, 'folder'));
  symlinkSync(join(folder.path, 'nowhere'), join(folder.path, 'broken.md'));
  const tree = await openSource(folder.path);
  expect([...tree.files.keys()]).toEqual(['a.md', 'inside.md']);
  expect(tree.leftOut).toEqual([
    { path: 'broken.md', what: 'a symbolic link that leads nowhere' },
    { path: 'folder', what: 'a symbolic link that leads out of the folder' },
    { path: 'outside.md', what: 'a symbolic link that leads out of the folder' },
  ]);
});

test('an empty folder, a file that is no zip and a path that is not there say so', async () => {
  const folder = folderOf('course', { 'x.zip': 'no zip' });
  mkdirSync(join(folder.path, 'empty'));
  await expect(openSource(join(folder.path, 'empty'))).rejects.toThrow('empty is empty: there is nothing to import.');
  await expect(openSource(join(folder.path, 'x.zip'))).rejects.toThrow(/cannot be read as a zip or tar.gz archive/);
  await expect(openSource(join(folder.path, 'nowhere'))).rejects.toThrow(/cannot be read \(ENOENT/);
});

test('the one folder that an archive holds everything in is the course', async () => {
  const tree = await openZip([
    { name: 'my-course/' },
    { name: 'my-course/one/a.md', content: 'a' },
    { name: 'my-course/README.md', content: 'r' },
    { name: '__MACOSX/x', content: 'x' },
  ]);
  expect(tree.name).toBe('my-course');
  expect([...tree.files.keys()].sort()).toEqual(['README.md', 'one/a.md']);
  await tree.close();
});

test.each(['../evil.md', 'a/../../evil.md', '/etc/evil.md', 'C:/evil.md', '..\\evil.md'])(
  'an archive with the name %s is refused as a whole, and nothing stays unpacked',
  async (name) => {
    const before = unpacked();
    await expect(
      openZip([
        { name: 'good.md', content: 'a' },
        { name, content: 'b' },
      ]),
    ).rejects.toThrow(/leads out of it.*Nothing was imported/);
    expect(unpacked()).toBe(before);
  },
);

test('links, locked entries and doubled names in an archive are left out with a line each', async () => {
  const tree = await openZip([
    { name: 'a.md', content: 'a' },
    { name: 'A.md', content: 'other' },
    { name: 'link.md', content: '/etc/passwd', mode: 0o120777 },
    { name: 'locked.md', content: 'x', flags: 1 },
  ]);
  expect([...tree.files.keys()]).toEqual(['a.md']);
  expect(tree.leftOut).toEqual([
    { path: 'A.md', what: 'a second file of this name' },
    { path: 'link.md', what: 'a symbolic link' },
    { path: 'locked.md', what: 'locked with a password' },
  ]);
  await tree.close();
});

test('an archive that unpacks to far more than it weighs is refused', async () => {
  const before = unpacked();
  await expect(openZip([{ name: 'a.md', content: Buffer.alloc(64 * 1024 * 1024) }])).rejects.toThrow(/zip bomb/);
  expect(unpacked()).toBe(before);
});

test('entries that share their bytes, as the largest bombs do, are counted each time they come out', async () => {
  const entries: ZipEntry[] = [{ name: '0.md', content: Buffer.alloc(4 * 1024 * 1024) }];
  for (let index = 1; index < 20; index += 1) entries.push({ name: `${index}.md`, sharesDataWith: 0 });
  await expect(openZip(entries)).rejects.toThrow(/zip bomb/);
});

test('an archive that lies about its sizes is not believed', async () => {
  const before = unpacked();
  await expect(openZip([{ name: 'a.md', content: 'x'.repeat(100_000), declaredSize: 10 }])).rejects.toThrow(
    /cannot be read as a zip or tar.gz archive/,
  );
  await expect(openZip([{ name: 'a.md', content: 'x', declaredSize: 100_000 }])).rejects.toThrow(
    /cannot be read as a zip or tar.gz archive/,
  );
  expect(unpacked()).toBe(before);
});

test('an archive that was cut off is refused', async () => {
  const whole = zip([{ name: 'a.md', content: 'a'.repeat(1000) }]);
  await expect(openZip(whole.subarray(0, whole.length - 30))).rejects.toThrow(/cannot be read as a zip or tar.gz archive/);
});

test('an archive with too many files is refused', async () => {
  await expect(openZip(Array.from({ length: 10_050 }, (_, index) => ({ name: `${index}.md` })))).rejects.toThrow(/more than 10000 files/);
});
