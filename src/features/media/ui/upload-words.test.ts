import { expect, test } from 'vitest';
import { bytesInWords } from '../files/bytes-in-words.ts';
import type { UploadState } from './upload-machine.svelte.ts';
import { detailOf, spoken } from './upload-words.ts';

const gigabyte = 1024 ** 3;
const sending = (sentBytes: number, secondsLeft?: number): UploadState => ({
  kind: 'sending',
  name: 'film.mp4',
  sentBytes,
  sizeBytes: 2 * gigabyte,
  secondsLeft,
});

test.each([
  [0, '0 bytes'],
  [900, '900 bytes'],
  [1024, '1 KB'],
  [1500 * 1024, '1.5 MB'],
  [150.4 * 1024 ** 2, '150 MB'],
  [5.1 * gigabyte, '5.1 GB'],
])('%d bytes are said as %s', (bytes, words) => {
  expect(bytesInWords(bytes)).toBe(words);
});

test.each<[UploadState, string]>([
  [sending(gigabyte), '1 GB of 2 GB'],
  [sending(gigabyte, 4), '1 GB of 2 GB · a few seconds left'],
  [sending(gigabyte, 33), '1 GB of 2 GB · about 40 seconds left'],
  [sending(gigabyte, 61), '1 GB of 2 GB · about a minute left'],
  [sending(gigabyte, 1500), '1 GB of 2 GB · about 25 minutes left'],
  [sending(gigabyte, 9000), '1 GB of 2 GB · about 3 hours left'],
  [{ kind: 'waiting', name: 'film.mp4', sentBytes: 0, sizeBytes: gigabyte }, '0 bytes of 1 GB · waiting for the connection'],
  [{ kind: 'refused', message: 'No.' }, ''],
])('%j is shown as %s', (state, words) => {
  expect(detailOf(state)).toBe(words);
});

test('a screen reader hears each quarter of the way, not each byte', () => {
  const heard = new Set(Array.from({ length: 1000 }, (_, part) => spoken(sending((part / 1000) * 2 * gigabyte))));
  expect([...heard]).toEqual([0, 25, 50, 75].map((percent) => `Uploading film.mp4, ${percent} percent`));
});
