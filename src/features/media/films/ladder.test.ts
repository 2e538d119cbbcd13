import { spawnSync } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#platform/context.ts';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { mp4, webm } from '../../../../tests/support/films.ts';
import { hasFfmpeg, realFilm } from '../../../../tests/support/real-films.ts';
import { videoForPlayer } from '../../../../tests/support/video-for-player.ts';
import { filmOfFile, openFilmPart, prepareImage, putPoster, recordFiles } from '../index.server.ts';
import { filmSchool } from './testing/film-school.ts';

const films = filmSchool();
const { school, uploaded, work, panel } = films;

/** What a player gets under an address, as whoever asks. */
async function get(address: string, actor: Actor = films.owner) {
  const { pathname, searchParams } = new URL(address, 'https://school.test');
  const [, , fileId = '', part = ''] = pathname.split('/');
  return openFilmPart(school.database.context(actor), { fileId, part, until: searchParams.get('until'), seal: searchParams.get('seal') });
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
    const { id, durationSeconds } = await filmOfFile(films.ctx, { fileId });
    expect(durationSeconds).toBe(9);
    expect(await videoForPlayer(films.ctx, { videoId: id })).toMatchObject({
      provider: 'FILE',
      hls: null,
      poster: null,
      width: 1280,
    });
    expect((await panel(id))?.file?.work).toEqual({ state: 'WAITING', percent: 0, problem: null, sizes: [] });

    await work(fileId);
    const made = await panel(id);
    expect(made?.file?.work).toEqual({ state: 'DONE', percent: 100, problem: null, sizes: [360, 720] });
    const film = await videoForPlayer(films.ctx, { videoId: id });
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
    const { id } = await filmOfFile(films.ctx, { fileId });
    await work(fileId);
    const film = await videoForPlayer(films.ctx, { videoId: id });
    if (film?.provider !== 'FILE' || !film.hls) throw new Error('The film has no sizes');
    const other = await aPerson(school.database, 'INSTRUCTOR');
    const { hls } = film;
    await expect(get(hls)).resolves.toMatchObject({ kind: 'playlist' });
    const { searchParams } = new URL(hls, 'https://school.test');
    const later = hls.replace(/until=\d+/, `until=${Number(searchParams.get('until')) + 3600}`);
    const another = hls.replace(fileId, await uploaded(realFilm({ seconds: 2, width: 320, height: 180, hertz: 880 })));
    const none = ['9999.mp4', '180.webm', '../all.m3u8', '', '1e2.mp4'].map((part) => hls.replace('all.m3u8', part));
    for (const [address, actor] of [
      [hls, other],
      [hls, guest],
      [hls.split('?')[0]!, films.owner],
      [later, films.owner],
      [another, films.owner],
      [hls.replace(fileId, 'no-id'), films.owner],
      ...none.map((part) => [part, films.owner] as const),
    ] as const)
      await expect(get(address, actor), address).rejects.toThrow('There is no such film, or the link to it has expired.');
  });

  test('a film of a phone that was held upright stays upright, and a silent one silent', async () => {
    const fileId = await uploaded(realFilm({ seconds: 2, width: 480, height: 854, format: 'mov', silent: true }), 'phone.mov');
    const { id } = await filmOfFile(films.ctx, { fileId });
    await work(fileId);
    const film = await panel(id);
    expect(film?.file?.work).toMatchObject({ state: 'DONE', sizes: [360, 480] });
    const { rows } = await school.database.owner.query('select width, height, codecs from rungs where file_id = $1 order by height', [
      fileId,
    ]);
    expect(rows).toEqual([
      { width: 360, height: 640, codecs: 'avc1.64001e' },
      { width: 480, height: 854, codecs: 'avc1.64001e' },
    ]);
  });

  test('a film as browsers record them, which has its length nowhere in its head, is as long as it is', async () => {
    const bytes = realFilm({ seconds: 7, width: 320, height: 180, format: 'webm', more: ['-live', '1'] });
    expect((await filmOfFile(films.ctx, { fileId: await uploaded(bytes, 'recorded.webm') })).durationSeconds).toBe(7);
  });

  test('the instructor’s own poster stays, and the work done twice is done once', async () => {
    const fileId = await uploaded(realFilm({ seconds: 2, width: 320, height: 180, hertz: 500 }));
    const { id } = await filmOfFile(films.ctx, { fileId });
    const picture = await prepareImage(films.ctx, {
      bytes: await sharp({ create: { width: 64, height: 36, channels: 3, background: '#246' } })
        .png()
        .toBuffer(),
      name: 'own.png',
      ownerId: films.owner.id,
    });
    const posterFileId = (await recordFiles(films.ctx, [picture])).get(picture.key)!;
    await putPoster(films.ctx, { videoId: id, fileId: posterFileId });
    await work(fileId);
    const rungs = 'select id, created_at from rungs where file_id = $1';
    const { rows: first } = await school.database.owner.query(rungs, [fileId]);
    await work(fileId);
    expect((await school.database.owner.query(rungs, [fileId])).rows).toEqual(first);
    const { rows } = await school.database.owner.query('select poster_file_id from videos where id = $1', [id]);
    expect(rows).toEqual([{ poster_file_id: posterFileId }]);
  });

  test('a film that only its headers make one plays as it is, and says why there is no more', async () => {
    const whole = realFilm({ seconds: 3, width: 320, height: 180, hertz: 600, more: ['-movflags', '+faststart'] });
    const frames = whole.indexOf('mdat') + 4;
    const broken = Buffer.concat([whole.subarray(0, frames), Buffer.alloc(whole.length - frames, 0xa5)]);
    const fileId = await uploaded(broken);
    const { id } = await filmOfFile(films.ctx, { fileId });
    await work(fileId);
    expect((await panel(id))?.file?.work).toMatchObject({
      state: 'FAILED',
      problem: expect.stringMatching(/could not be read to its end/),
      sizes: [],
    });
    expect(await videoForPlayer(films.ctx, { videoId: id })).toMatchObject({ hls: null, poster: null });
  });
});

test('where there is no ffmpeg a film plays as it was uploaded, and the panel says what it would add', async () => {
  const fileId = await uploaded(mp4({ seconds: 30, width: 1280, height: 720 }));
  const { id } = await filmOfFile(films.ctx, { fileId });
  const { config } = runtime();
  const before = config.ffmpegPath;
  config.ffmpegPath = '/nowhere/ffmpeg';
  await work(fileId).finally(() => {
    config.ffmpegPath = before;
  });
  expect((await panel(id))?.file?.work).toEqual({ state: 'NO_TOOLS', percent: 0, problem: null, sizes: [] });
  expect(await videoForPlayer(films.ctx, { videoId: id })).toMatchObject({
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
    await expect(filmOfFile(films.ctx, { fileId: await uploaded(bytes) })).rejects.toThrow(reason);
  const others = await aPerson(school.database, 'INSTRUCTOR');
  await expect(filmOfFile(school.database.context(others), { fileId: await uploaded(film) })).rejects.toThrow(/not among your uploads/);
  await expect(filmOfFile(school.database.context(guest), { fileId: await uploaded(film) })).rejects.toMatchObject({
    code: 'sign-in-required',
  });
});
