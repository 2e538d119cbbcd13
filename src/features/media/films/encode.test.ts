import { chmodSync, writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../../../../tests/support/folder.ts';
import { hasFfmpeg, realFilm } from '../../../../tests/support/real-films.ts';
import { filmOfFile } from '../index.server.ts';
import { codecsOf } from './codecs.ts';
import { encodeRung, encoderOf } from './encode.ts';
import { FilmUnreadable } from './ffmpeg.ts';
import { FragmentWatch } from './fragments.ts';
import { ladderPlan } from './ladder-plan.ts';
import { filmSchool } from './testing/film-school.ts';

const films = filmSchool();
const { uploaded } = films;

// Encoding takes as long as the machine takes.
describe.skipIf(!hasFfmpeg)('with ffmpeg', { timeout: 120_000 }, () => {
  test('a list of other files that calls itself a film is refused, and none of them is read', async () => {
    const list = Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n');
    await expect(filmOfFile(films.ctx, { fileId: await uploaded(list) })).rejects.toThrow(/is not a film/);
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
});
