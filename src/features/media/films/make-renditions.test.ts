import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { runtime, systemContext } from '#platform/runtime.server.ts';
import { aCourse } from '../../../../tests/support/courses.ts';
import { hasFfmpeg, realFilm } from '../../../../tests/support/real-films.ts';
import { sweepStorageJob } from '../files/sweep-storage.ts';
import { filmOfFile } from '../index.server.ts';
import { makeRenditionsJob } from './make-renditions.ts';
import { sweepFilmsJob } from './sweep-films.ts';
import { filmSchool } from './testing/film-school.ts';

const films = filmSchool();
const { school, uploaded, work, panelWork } = films;

// Encoding takes as long as the machine takes.
describe.skipIf(!hasFfmpeg)('with ffmpeg', { timeout: 120_000 }, () => {
  test('killed while it makes a size, the work goes on with that size, and nothing of the half one is left', async () => {
    await school.database.owner.query('delete from graphile_worker._private_jobs');
    const fileId = await uploaded(realFilm({ seconds: 12, width: 1280, height: 720, hertz: 300 }));
    await filmOfFile(films.ctx, { fileId });
    const { dataDir, secret } = runtime().config;
    const input = { url: school.database.applicationUrl, settings: { DATA_DIR: dataDir, SECRET: secret, LOG_LEVEL: 'silent' } };
    const child = spawn(process.execPath, [new URL('./testing/film-worker.ts', import.meta.url).pathname, JSON.stringify(input)], {
      stdio: 'inherit',
    });
    const gone = new Promise((resolve) => child.once('close', resolve));
    const rungs = async () =>
      (await school.database.owner.query('select height, id, created_at from rungs where file_id = $1 order by height', [fileId])).rows;
    await expect.poll(async () => (await rungs()).length, { timeout: 60_000, interval: 20 }).toBe(1);
    child.kill('SIGKILL');
    await gone;
    const [first] = await rungs();
    expect(await rungs()).toHaveLength(1);
    expect(await panelWork(fileId)).toMatchObject({ state: 'WORKING', sizes: [360] });
    // The tool ends with whom it worked for.
    await expect.poll(() => spawnSync('pgrep', ['-f', dataDir], { encoding: 'utf8' }).stdout, { timeout: 60_000 }).toBe('');

    await work(fileId);
    expect(await panelWork(fileId)).toEqual({ state: 'DONE', percent: 100, problem: null, sizes: [360, 720] });
    expect((await rungs())[0]).toEqual(first);
    await sweepStorageJob.handler(systemContext(new Date(Date.now() + 25 * 3600 * 1000)), {});
    const { objects } = await runtime().storage.listAll('incoming');
    expect([...objects]).toEqual([]);
  }, 180_000);

  test('a process that is asked to end breaks off in the middle of a size and keeps those before it', async () => {
    const fileId = await uploaded(realFilm({ seconds: 10, width: 1280, height: 720, hertz: 350 }));
    await filmOfFile(films.ctx, { fileId });
    const ending = new AbortController();
    const working = makeRenditionsJob.handler(systemContext(), { fileId }, { isLast: false, signal: ending.signal });
    void expect
      .poll(async () => (await panelWork(fileId)).sizes.length, { timeout: 100_000, interval: 20 })
      .toBe(1)
      .then(() => ending.abort());
    await expect(working).rejects.toThrow(/abort/);
    expect(await panelWork(fileId)).toMatchObject({ state: 'WORKING', problem: null, sizes: [360] });
    expect([...(await runtime().storage.listAll('incoming')).objects]).toEqual([]);
  });

  test('sizes that no video needs any more go, and their bytes after them', async () => {
    const fileId = await uploaded(realFilm({ seconds: 2, width: 320, height: 180, hertz: 700 }));
    const { id } = await filmOfFile(films.ctx, { fileId });
    await work(fileId);
    const { rows } = await school.database.owner.query<{ key: string }>('select key from rungs where file_id = $1', [fileId]);
    const isThere = () => runtime().storage.exists(rows[0]!.key);
    const night = async (hours: number) => {
      const then = systemContext(new Date(Date.now() + hours * 3600 * 1000));
      await sweepFilmsJob.handler(then, {});
      await sweepStorageJob.handler(then, {});
    };
    await aCourse(school.database, { slug: 'keeps', instructorId: films.owner.id });
    await school.database.owner.query("update courses set preview_video_id = $1 where slug = 'keeps'", [id]);
    await night(30);
    expect(await isThere()).toBe(true);
    await school.database.owner.query("update courses set preview_video_id = null where slug = 'keeps'");
    await night(30);
    expect([await isThere(), (await school.database.owner.query('select 1 from videos where id = $1', [id])).rowCount]).toEqual([false, 0]);
  });
});
