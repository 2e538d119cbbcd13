import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mp4, webm } from '../../../../tests/support/films.ts';
import { makeFolder, type TestFolder } from '../../../../tests/support/folder.ts';
import { filmFacts } from './film-facts.ts';

let folder: TestFolder;
beforeAll(() => {
  folder = makeFolder('films');
});
afterAll(() => folder.remove());

function facts(bytes: Uint8Array) {
  writeFileSync(`${folder.path}/film`, bytes);
  return filmFacts(`${folder.path}/film`);
}

test('an MP4 says how long and how large it is, also when its header comes last or counts in 64 bits', async () => {
  expect(await facts(mp4({ seconds: 32.5, width: 1280, height: 720 }))).toEqual({ durationSeconds: 32.5, width: 1280, height: 720 });
  expect(await facts(mp4({ seconds: 7200, width: 640, height: 360, long: true }))).toEqual({
    durationSeconds: 7200,
    width: 640,
    height: 360,
  });
});

test('a film of a phone that was held upright is as high as it is shown', async () => {
  expect(await facts(mp4({ seconds: 5, width: 1920, height: 1080, turned: true }))).toMatchObject({ width: 1080, height: 1920 });
});

test('a WebM says it too', async () => {
  expect(await facts(webm({ seconds: 12.25, width: 800, height: 450 }))).toEqual({ durationSeconds: 12.25, width: 800, height: 450 });
});

test('what is no film, or is broken, says nothing and does no harm', async () => {
  expect(await facts(Buffer.from('hello'))).toBeUndefined();
  expect(await facts(Buffer.alloc(0))).toBeUndefined();
  const films = [mp4({ seconds: 3, width: 10, height: 10 }), webm({ seconds: 3, width: 10, height: 10 })];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...films),
      fc.array(fc.tuple(fc.nat(250), fc.nat(255)), { maxLength: 8 }),
      fc.nat(260),
      async (film, changes, length) => {
        const bytes = Buffer.from(film);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        const read = await facts(bytes.subarray(0, length));
        if (read) expect(read.durationSeconds).toBeGreaterThan(0);
      },
    ),
    { numRuns: 200 },
  );
});
