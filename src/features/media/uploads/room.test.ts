import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { aFilm } from '../../../../tests/support/uploads.ts';
import { recordFiles } from '../files/file-rows.ts';
import { prepareFile } from '../files/prepare-file.ts';
import { beginUpload } from './begin-upload.ts';
import { dropUpload } from './drop-upload.ts';
import { megabyte, uploadSchool } from './testing/upload-school.ts';

const uploading = uploadSchool();
const { school, sent, finish, rows } = uploading;

test.each<[string, { purpose?: string; sizeBytes?: number | undefined }, RegExp]>([
  ['larger than the school takes', { sizeBytes: 31 * megabyte }, /“a\.mp4” has 31 MB\. The most that is taken here is 30 MB/],
  ['larger than its purpose', { purpose: 'image', sizeBytes: 26 * megabyte }, /The most that is taken here is 25 MB/],
  ['empty', { sizeBytes: 0 }, /empty/],
  ['of no known size', { sizeBytes: undefined }, /how large/],
  ['for nothing', { purpose: 'anything' }, /what the file is for/],
])('an upload that is %s does not begin', async (_, wrong, words) => {
  const before = await rows('uploads');
  const wish = { id: newId(), purpose: 'film', name: 'a.mp4', sizeBytes: 1000, ...wrong };
  await expect(beginUpload(school.database.context(uploading.ada), wish)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(words),
  });
  expect(await rows('uploads')).toEqual(before);
});

test('nobody gets more room by beginning twice at once; what is taken away is free again', async () => {
  const greedy = await aPerson(school.database, 'INSTRUCTOR');
  const begin = (sizeBytes: number, person = greedy) => {
    const id = newId();
    return beginUpload(school.database.context(person), { id, purpose: 'film', name: 'a.mp4', sizeBytes }).then(() => id);
  };
  const answers = await Promise.allSettled([begin(25 * megabyte), begin(25 * megabyte)]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refusal = answers.find((answer) => answer.status === 'rejected')!;
  expect(refusal.reason).toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/your files may have 40 MB, and 15 MB of it are free/),
  });
  const begun = answers.find((answer) => answer.status === 'fulfilled')!;
  await dropUpload(school.database.context(greedy), { uploadId: begun.value });
  await finish(await sent({ purpose: 'film', name: 'b.mp4', bytes: aFilm(20 * megabyte) }, greedy), greedy);
  await expect(begin(20 * megabyte)).rejects.toMatchObject({ code: 'invalid' });
  const kept = await school.database.owner.query(
    'select sum(f.size_bytes) = u.size_bytes as agrees from files f join storage_use u using (owner_id) where owner_id = $1 group by u.size_bytes',
    [greedy.id],
  );
  expect(kept.rows).toEqual([{ agrees: true }]);
  await school.database.owner.query('delete from files where owner_id = $1', [greedy.id]);
  await begin(30 * megabyte);
  const admin = await aPerson(school.database, 'ADMIN');
  for (let count = 0; count < 3; count += 1) await begin(30 * megabyte, admin);
});

test('what comes by another way than an upload has no more room', async () => {
  const importer = await aPerson(school.database, 'INSTRUCTOR');
  const ctx = school.database.context(importer);
  const prepare = (letter: string) =>
    prepareFile(ctx, {
      content: Readable.from([Buffer.alloc(25 * megabyte, letter)]),
      name: `${letter}.txt`,
      ownerId: importer.id,
      visibility: 'PRIVATE',
      largestBytes: 30 * megabyte,
    });
  await recordFiles(ctx, [await prepare('a')]);
  const second = await prepare('b');
  await expect(recordFiles(ctx, [second])).rejects.toMatchObject({ code: 'invalid', message: expect.stringMatching(/no room left/) });
  expect((await school.database.owner.query('select name from files where owner_id = $1', [importer.id])).rows).toEqual([
    { name: 'a.txt' },
  ]);
});
