import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Context } from '#platform/context.ts';
import { runtime, systemContext } from '#platform/runtime.server.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { createTestDatabase, guest, type TestDatabase } from '../../../../tests/support/database.ts';
import { mp4, webm } from '../../../../tests/support/films.ts';
import { makeFolder } from '../../../../tests/support/folder.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import { hasFfmpeg, realFilm } from '../../../../tests/support/real-films.ts';
import {
  filmOfFile,
  filmPanelDangerouslyUnchecked,
  openFilmPart,
  prepareFile,
  prepareImage,
  putPoster,
  recordFiles,
  videoForPlayerDangerouslyUnchecked,
} from '../index.server.ts';
import { sweepStorageJob } from '../sweep-storage.ts';
import { codecsOf } from './codecs.ts';
import { encodeRung, encoderOf } from './encode.ts';
import { FilmUnreadable } from './ffmpeg.ts';
import { filmWork } from './film-work.ts';
import { FragmentWatch } from './fragments.ts';
import { ladderPlan } from './ladder-plan.ts';
import { makeRenditionsJob } from './make-renditions.ts';
import { sweepFilmsJob } from './sweep-films.ts';

let database: TestDatabase;
let school: TestProcess;
let owner: Actor & { kind: 'person' };
let ctx: Context;

beforeAll(async () => {
  database = await createTestDatabase();
  school = startTestProcess(database);
  owner = await aPerson(database, 'INSTRUCTOR');
  ctx = database.context(owner);
});
afterAll(async () => {
  await runtime().storage.deleteAll('');
  await school.close();
  await database.drop();
});

async function uploaded(bytes: Uint8Array, name = 'film.mp4', actor = owner): Promise<string> {
  const file = await prepareFile(database.context(actor), {
    content: Readable.from([bytes]),
    name,
    ownerId: actor.id,
    visibility: 'PRIVATE',
    largestBytes: 1e9,
  });
  return (await recordFiles(database.context(actor), [file])).get(file.key)!;
}

const work = (fileId: string, now?: Date) => makeRenditionsJob.handler(systemContext(now), { fileId });
const panelWork = (fileId: string) => filmWork(ctx, fileId);
const panel = (videoId: Parameters<typeof filmPanelDangerouslyUnchecked>[1]['videoId']) => filmPanelDangerouslyUnchecked(ctx, { videoId });

/** What a player gets under an address, as whoever asks. */
async function get(address: string, actor: Actor = owner) {
  const { pathname, searchParams } = new URL(address, 'https://school.test');
  const [, , fileId = '', part = ''] = pathname.split('/');
  return openFilmPart(database.context(actor), { fileId, part, until: searchParams.get('until'), seal: searchParams.get('seal') });
}

async function textAt(address: string): Promise<string> {
  const part = await get(address);
  return part.kind === 'playlist' ? part.text : '';
}

// Encoding takes as long as the machine takes.
describe.skipIf(!hasFfmpeg)('with ffmpeg', { timeout: 120_000 }, () => {
  test('an uploaded film plays at once, and gets a poster and as many sizes as it has itself', async () => {
    const bytes = realFilm({ seconds: 9, width: 1280, height: 720 });
    const fileId = await uploaded(bytes);
    const { id, durationSeconds } = await filmOfFile(ctx, { fileId });
    expect(durationSeconds).toBe(9);
    expect(await videoForPlayerDangerouslyUnchecked(ctx, { videoId: id })).toMatchObject({
      provider: 'FILE',
      hls: null,
      poster: null,
      width: 1280,
    });
    expect((await panel(id))?.file?.work).toEqual({ state: 'WAITING', percent: 0, problem: null, sizes: [] });

    await work(fileId);
    const made = await panel(id);
    expect(made?.file?.work).toEqual({ state: 'DONE', percent: 100, problem: null, sizes: [360, 720] });
    const film = await videoForPlayerDangerouslyUnchecked(ctx, { videoId: id });
    if (film?.provider !== 'FILE' || !film.hls || !film.poster) throw new Error('The film has no sizes');
    const list = (await textAt(film.hls)).split('\n');
    expect(list.filter((line) => line.startsWith('#EXT-X-STREAM-INF')).map((line) => /CODECS.*/.exec(line)?.[0])).toEqual([
      'CODECS="avc1.64001e,mp4a.40.2",RESOLUTION=640x360',
      'CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720',
    ]);

    const lengths: string[][] = [];
    for (const address of list.filter((line) => /^\d/.test(line))) {
      const rung = await textAt(new URL(address, `https://school.test${film.hls}`).href);
      lengths.push(rung.match(/#EXTINF:[\d.]+/g) ?? []);
      const [piece] = [...rung.matchAll(/#EXT-X-BYTERANGE:(\d+)@(\d+)\n(.+)/g)].slice(1);
      const part = await get(new URL(piece![3]!, `https://school.test${film.hls}`).href);
      if (part.kind !== 'bytes') throw new Error('A piece has bytes');
      const [, headBytes] = /BYTERANGE="(\d+)@0"/.exec(rung)!;
      const read = async (from: number, count: number) => buffer(part.read({ start: from, end: from + count - 1 }));
      // The head and one piece from the middle are a film of their own that begins with a whole picture.
      const alone = Buffer.concat([await read(0, Number(headBytes)), await read(Number(piece![2]), Number(piece![1]))]);
      const looked = spawnSync(
        'ffprobe',
        ['-v', 'error', '-count_frames', '-show_entries', 'stream=codec_name,nb_read_frames', '-of', 'csv=p=0', '-'],
        {
          input: alone,
          encoding: 'utf8',
        },
      );
      expect([looked.stderr, looked.stdout.split('\n')[0]]).toEqual(['', 'h264,100']);
    }
    expect(lengths).toEqual([lengths[1], lengths[1]]);
    expect(lengths[0]).toEqual(['#EXTINF:4.000', '#EXTINF:4.000', '#EXTINF:1.000']);
  });

  test('the link to a film’s sizes is for one person, for some hours, and opens nothing else', async () => {
    const fileId = await uploaded(realFilm({ seconds: 2, width: 320, height: 180 }));
    const { id } = await filmOfFile(ctx, { fileId });
    await work(fileId);
    const film = await videoForPlayerDangerouslyUnchecked(ctx, { videoId: id });
    if (film?.provider !== 'FILE' || !film.hls) throw new Error('The film has no sizes');
    const other = await aPerson(database, 'INSTRUCTOR');
    const { hls } = film;
    await expect(get(hls)).resolves.toMatchObject({ kind: 'playlist' });
    const { searchParams } = new URL(hls, 'https://school.test');
    const later = hls.replace(/until=\d+/, `until=${Number(searchParams.get('until')) + 3600}`);
    const another = hls.replace(fileId, await uploaded(realFilm({ seconds: 2, width: 320, height: 180, hertz: 880 })));
    const none = ['9999.mp4', '180.webm', '../all.m3u8', '', '1e2.mp4'].map((part) => hls.replace('all.m3u8', part));
    for (const [address, actor] of [
      [hls, other],
      [hls, guest],
      [hls.split('?')[0]!, owner],
      [later, owner],
      [another, owner],
      [hls.replace(fileId, 'no-id'), owner],
      ...none.map((part) => [part, owner] as const),
    ] as const)
      await expect(get(address, actor), address).rejects.toThrow('There is no such film, or the link to it has expired.');
  });

  test('a film of a phone that was held upright stays upright, and a silent one silent', async () => {
    const fileId = await uploaded(realFilm({ seconds: 2, width: 480, height: 854, format: 'mov', silent: true }), 'phone.mov');
    const { id } = await filmOfFile(ctx, { fileId });
    await work(fileId);
    const film = await panel(id);
    expect(film?.file?.work).toMatchObject({ state: 'DONE', sizes: [360, 480] });
    const { rows } = await database.owner.query('select width, height, codecs from rungs where file_id = $1 order by height', [fileId]);
    expect(rows).toEqual([
      { width: 360, height: 640, codecs: 'avc1.64001e' },
      { width: 480, height: 854, codecs: 'avc1.64001e' },
    ]);
  });

  test('a film as browsers record them, which has its length nowhere in its head, is as long as it is', async () => {
    const bytes = realFilm({ seconds: 7, width: 320, height: 180, format: 'webm', more: ['-live', '1'] });
    expect((await filmOfFile(ctx, { fileId: await uploaded(bytes, 'recorded.webm') })).durationSeconds).toBe(7);
  });

  test('the instructor’s own poster stays, and the work done twice is done once', async () => {
    const fileId = await uploaded(realFilm({ seconds: 2, width: 320, height: 180, hertz: 500 }));
    const { id } = await filmOfFile(ctx, { fileId });
    const picture = await prepareImage(ctx, {
      bytes: await sharp({ create: { width: 64, height: 36, channels: 3, background: '#246' } })
        .png()
        .toBuffer(),
      name: 'own.png',
      ownerId: owner.id,
    });
    const posterFileId = (await recordFiles(ctx, [picture])).get(picture.key)!;
    await putPoster(ctx, { videoId: id, fileId: posterFileId });
    await work(fileId);
    const rungs = 'select id, created_at from rungs where file_id = $1';
    const { rows: first } = await database.owner.query(rungs, [fileId]);
    await work(fileId);
    expect((await database.owner.query(rungs, [fileId])).rows).toEqual(first);
    const { rows } = await database.owner.query('select poster_file_id from videos where id = $1', [id]);
    expect(rows).toEqual([{ poster_file_id: posterFileId }]);
  });

  test('a film that only its headers make one plays as it is, and says why there is no more', async () => {
    const whole = realFilm({ seconds: 3, width: 320, height: 180, hertz: 600, more: ['-movflags', '+faststart'] });
    const frames = whole.indexOf('mdat') + 4;
    const broken = Buffer.concat([whole.subarray(0, frames), Buffer.alloc(whole.length - frames, 0xa5)]);
    const fileId = await uploaded(broken);
    const { id } = await filmOfFile(ctx, { fileId });
    await work(fileId);
    expect((await panel(id))?.file?.work).toMatchObject({
      state: 'FAILED',
      problem: expect.stringMatching(/could not be read to its end/),
      sizes: [],
    });
    expect(await videoForPlayerDangerouslyUnchecked(ctx, { videoId: id })).toMatchObject({ hls: null, poster: null });
  });

  test('a list of other files that calls itself a film is refused, and none of them is read', async () => {
    const list = Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n');
    await expect(filmOfFile(ctx, { fileId: await uploaded(list) })).rejects.toThrow(/is not a film/);
    await expect(
      encodeRung('ffmpeg', {
        film: { path: '/etc/passwd', contentType: 'video/mp4', durationSeconds: 1 },
        encoder: (await encoderOf('ffmpeg'))!,
        plan: ladderPlan({ width: 320, height: 180 })[0]!,
        take: async (output) => void (await buffer(output)),
      }),
    ).rejects.toThrow(FilmUnreadable);
  });

  test('an ffmpeg without H.264 makes VP9', async () => {
    const folder = makeFolder('poor-ffmpeg', {
      ffmpeg: '#!/bin/sh\ncase "$*" in *-encoders*) ffmpeg "$@" | grep -v 264 ;; *) exec ffmpeg "$@" ;; esac\n',
    });
    chmodSync(`${folder.path}/ffmpeg`, 0o755);
    const encoder = await encoderOf(`${folder.path}/ffmpeg`);
    folder.remove();
    expect(encoder?.name).toBe('vp9');
    const watch = new FragmentWatch();
    const source = makeFolder('vp9');
    writeFileSync(`${source.path}/film.mp4`, realFilm({ seconds: 5, width: 320, height: 180 }));
    await encodeRung('ffmpeg', {
      film: { path: `${source.path}/film.mp4`, contentType: 'video/mp4', durationSeconds: 5 },
      encoder: encoder!,
      plan: ladderPlan({ width: 320, height: 180 })[0]!,
      take: async (output) => void (await buffer(output.pipe(watch))),
    });
    source.remove();
    expect(codecsOf(watch.fragments!.head)).toMatch(/^vp09\.00\.\d\d\.08,opus$/);
    expect(watch.fragments!.pieces.map((piece) => piece.milliseconds)).toEqual([4000, 1000]);
  });

  test('killed while it makes a size, the work goes on with that size, and nothing of the half one is left', async () => {
    await database.owner.query('delete from graphile_worker._private_jobs');
    const fileId = await uploaded(realFilm({ seconds: 12, width: 1280, height: 720, hertz: 300 }));
    await filmOfFile(ctx, { fileId });
    const { dataDir, secret } = runtime().config;
    const input = { url: database.applicationUrl, settings: { DATA_DIR: dataDir, SECRET: secret, LOG_LEVEL: 'silent' } };
    const child = spawn(process.execPath, [new URL('./testing/film-worker.ts', import.meta.url).pathname, JSON.stringify(input)], {
      stdio: 'inherit',
    });
    const gone = new Promise((resolve) => child.once('close', resolve));
    const rungs = async () =>
      (await database.owner.query('select height, id, created_at from rungs where file_id = $1 order by height', [fileId])).rows;
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
    await filmOfFile(ctx, { fileId });
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
    const { id } = await filmOfFile(ctx, { fileId });
    await work(fileId);
    const { rows } = await database.owner.query<{ key: string }>('select key from rungs where file_id = $1', [fileId]);
    const isThere = () => runtime().storage.exists(rows[0]!.key);
    const night = async (hours: number) => {
      const then = systemContext(new Date(Date.now() + hours * 3600 * 1000));
      await sweepFilmsJob.handler(then, {});
      await sweepStorageJob.handler(then, {});
    };
    await aCourse(database, { slug: 'keeps', instructorId: owner.id });
    await database.owner.query("update courses set preview_video_id = $1 where slug = 'keeps'", [id]);
    await night(30);
    expect(await isThere()).toBe(true);
    await database.owner.query("update courses set preview_video_id = null where slug = 'keeps'");
    await night(30);
    expect([await isThere(), (await database.owner.query('select 1 from videos where id = $1', [id])).rowCount]).toEqual([false, 0]);
  });
});

test('where there is no ffmpeg a film plays as it was uploaded, and the panel says what it would add', async () => {
  const fileId = await uploaded(mp4({ seconds: 30, width: 1280, height: 720 }));
  const { id } = await filmOfFile(ctx, { fileId });
  const { config } = runtime();
  const before = config.ffmpegPath;
  config.ffmpegPath = '/nowhere/ffmpeg';
  await work(fileId).finally(() => {
    config.ffmpegPath = before;
  });
  expect((await panel(id))?.file?.work).toEqual({ state: 'NO_TOOLS', percent: 0, problem: null, sizes: [] });
  expect(await videoForPlayerDangerouslyUnchecked(ctx, { videoId: id })).toMatchObject({
    provider: 'FILE',
    hls: null,
    durationSeconds: 30,
  });
});

test('what is no whole film is refused in a sentence', async () => {
  const film = mp4({ seconds: 30, width: 1280, height: 720 });
  const sound = mp4({ seconds: 30, width: 0, height: 0 });
  const recorded = webm({ seconds: 0, width: 640, height: 360 });
  for (const [bytes, reason] of [
    [film.subarray(0, film.length - 20), /breaks off/],
    [sound, /sound, but no picture/],
    [recorded, /does not say how long/],
    [Buffer.from('hello'), /is not a film/],
  ] as const)
    await expect(filmOfFile(ctx, { fileId: await uploaded(bytes) })).rejects.toThrow(reason);
  const others = await aPerson(database, 'INSTRUCTOR');
  await expect(filmOfFile(database.context(others), { fileId: await uploaded(film) })).rejects.toThrow(/not among your uploads/);
  await expect(filmOfFile(database.context(guest), { fileId: await uploaded(film) })).rejects.toMatchObject({ code: 'sign-in-required' });
});
