import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Context } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { runtime, systemContext } from '#platform/runtime.server.ts';
import { aCourse } from '../../../../tests/support/courses.ts';
import { aFilm } from '../../../../tests/support/uploads.ts';
import { mediaJobs } from '../registered.ts';
import { stagingPath } from './staging.ts';
import { documentOf, uploadSchool } from './testing/upload-school.ts';

const uploading = uploadSchool();
const { school, sent, finish } = uploading;
const film = aFilm(500);
const hourMs = 3600 * 1000;
const job = mediaJobs.find(({ name }) => name === 'media.sweepUploads')!;
const night = (now: Date) => (job.handler as (ctx: Context) => Promise<void>)({ ...systemContext(), now });

test('the night takes uploads that no byte came for in a day, and bytes that nobody waits for', async () => {
  const id = await sent({ purpose: 'film', name: 'slow.mp4', bytes: film });
  const { folder } = runtime().config.uploads;
  const lost = join(folder, newId());
  await writeFile(lost, 'bytes of an upload that was given up elsewhere');
  await night(new Date(Date.now() + 23 * hourMs));
  expect([existsSync(stagingPath(id)), existsSync(lost)]).toEqual([true, true]);
  await night(new Date(Date.now() + 25 * hourMs));
  expect([existsSync(stagingPath(id)), existsSync(lost)]).toEqual([false, false]);
  await expect(finish(id)).rejects.toMatchObject({ code: 'not-found' });
});

test('the night takes uploaded files that nothing uses after a week; what a row or a text names stays', async () => {
  const picture = async (color: string) => {
    const bytes = await sharp({ create: { width: 700, height: 50, channels: 3, background: color } })
      .png()
      .toBuffer();
    return finish(await sent({ purpose: 'image', name: `${color}.png`, bytes }));
  };
  const [cover, inText, unused] = [await picture('#f00'), await picture('#0f0'), await picture('#00f')];
  const handout = await finish(await sent({ purpose: 'resource', name: 'handout.pdf', bytes: documentOf('for the night') }));
  const course = await aCourse(school.database, {
    instructorId: uploading.ada.id,
    chapters: [{ lessons: [{ html: `<img src="${inText.url}">` }] }],
  });
  await school.database.owner.query('update courses set image_file_id = $1 where id = $2', [cover.id, course.id]);
  const { rows: variants } = await school.database.owner.query('select variants from files where id = $1', [unused.id]);
  const left = async () =>
    (await school.database.owner.query('select name from files where id = any($1)', [[cover.id, inText.id, unused.id, handout.id]])).rows
      .map(({ name }) => name)
      .sort();
  const at = (days: number) => new Date(school.database.context().now.getTime() + days * 24 * hourMs);
  await night(at(6));
  expect(await left()).toEqual(['#00f.png', '#0f0.png', '#f00.png', 'handout.pdf']);
  await night(at(8));
  expect(await left()).toEqual(['#0f0.png', '#f00.png']);
  await school.runJobs();
  const keys = [unused.key, handout.key, ...variants[0].variants.map((variant: { key: string }) => variant.key)];
  expect(await Promise.all(keys.map((key) => runtime().storage.exists(key)))).toEqual(keys.map(() => false));
  expect(await runtime().storage.exists(inText.key)).toBe(true);
});
