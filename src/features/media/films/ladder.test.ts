import { spawnSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Context } from '#platform/context.ts';
import { runtime, systemContext } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { createTestDatabase, guest, type TestDatabase } from '../../../../tests/support/database.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import { hasFfmpeg, realFilm } from '../../../../tests/support/real-films.ts';
import { filmOfFile, filmPanelDangerouslyUnchecked, openFilmPart, prepareFile, recordFiles, videoForPlayerDangerouslyUnchecked } from '../index.server.ts';
import { makeRenditionsJob } from './make-renditions.ts';

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

describe.skipIf(!hasFfmpeg)('with ffmpeg', () => {
  test('an uploaded film plays at once, and gets a poster and as many sizes as it has itself', async () => {
    const bytes = realFilm({ seconds: 9, width: 1280, height: 720 });
    const fileId = await uploaded(bytes);
    const { id, durationSeconds } = await filmOfFile(ctx, { fileId });
    expect(durationSeconds).toBe(9);
    expect(await videoForPlayerDangerouslyUnchecked(ctx, { videoId: id })).toMatchObject({ provider: 'FILE', hls: null, poster: null, width: 1280 });
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
      const looked = spawnSync('ffprobe', ['-v', 'error', '-count_frames', '-show_entries', 'stream=codec_name,nb_read_frames', '-of', 'csv=p=0', '-'], {
        input: alone,
        encoding: 'utf8',
      });
      expect([looked.stderr, looked.stdout.split('\n')[0]]).toEqual(['', 'h264,100']);
    }
    expect(lengths).toEqual([lengths[1], lengths[1]]);
    expect(lengths[0]).toEqual(['#EXTINF:4.000', '#EXTINF:4.000', '#EXTINF:1.000']);
  });
});
