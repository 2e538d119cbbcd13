import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type S3Server, startS3Server } from '../../tests/support/s3-server.ts';
import { everythingAt, openStorage, type Storage } from './storage.server.ts';
import { type S3Place, storageInWords, storagePlaceOf, storageUrlProblem } from './storage-place.ts';
import { S3Storage } from './storage-s3.server.ts';

let s3: S3Server;
const scratch = mkdtempSync(join(tmpdir(), 'lyceum-storage-'));
const folder = join(scratch, 'files');

beforeAll(async () => {
  s3 = await startS3Server();
});
afterAll(async () => {
  await s3.close();
  rmSync(scratch, { recursive: true, force: true });
});

const places: [string, () => Storage][] = [
  ['a folder', () => openStorage({ kind: 'folder', folder }, scratch)],
  ['a bucket', () => openStorage(storagePlaceOf(s3.url), scratch)],
];
const key = (name: string) => `ab/${name}`;
const names = async (storage: Storage, prefix: string) =>
  [...(await storage.listAll(prefix, { recursive: true })).objects].map((object) => ('key' in object ? object.key : '')).sort();

describe.each(places)('in %s', (_, open) => {
  test('what is received appears under its key all at once, and is read back whole or in part', async () => {
    const storage = open();
    const received = await storage.receive(Readable.from([Buffer.from('once '), Buffer.from('upon a time')]));
    expect(await storage.exists(key('tale.txt'))).toBe(false);
    await storage.settle(received, key('tale.txt'));
    expect([await storage.exists(received), await storage.get(key('tale.txt'))]).toEqual([false, 'once upon a time']);
    expect((await buffer(storage.getRange(key('tale.txt'), { start: 5, end: 8 }))).toString()).toBe('upon');
    expect(await storage.getMetaData(key('tale.txt'))).toMatchObject({ contentLength: 16, lastModified: expect.any(Date) });
  });

  test('what is larger than a part arrives whole', async () => {
    const storage = open();
    const bytes = Buffer.alloc(19 * 1024 * 1024, 'lyceum');
    const received = await storage.receive(Readable.from([bytes.subarray(0, 12_000_000), bytes.subarray(12_000_000)]));
    await storage.settle(received, key('large.bin'));
    expect(Buffer.compare(Buffer.from(await storage.getBytes(key('large.bin'))), bytes)).toBe(0);
    await storage.delete(key('large.bin'));
  });

  test('a meter that refuses leaves nothing', async () => {
    const storage = open();
    const before = await names(storage, 'incoming');
    const meter = new Transform({ transform: (_chunk, _encoding, done) => done(new Error('too much')) });
    const endless = Readable.from([Buffer.alloc(9_000_000), Buffer.alloc(9_000_000)]);
    await expect(storage.receive(endless, meter)).rejects.toThrow('too much');
    const breaking = Readable.from(
      (async function* () {
        yield Buffer.alloc(9_000_000);
        throw new Error('cut off');
      })(),
    );
    await expect(storage.receive(breaking)).rejects.toThrow('cut off');
    expect(await names(storage, 'incoming')).toEqual(before);
    expect(s3.openParts()).toBe(0);
  });

  test('a file of this machine becomes an object, replaces the one before, and stays until it is removed', async () => {
    const storage = open();
    const path = join(scratch, 'finished');
    for (const words of ['first', 'second', 'second']) {
      rmSync(path, { force: true });
      await writeFile(path, words);
      for (let again = 0; again < 2; again += 1) await storage.putFile(path, key('put.txt'));
      expect([await storage.get(key('put.txt')), await readFile(path, 'utf8')]).toEqual([words, words]);
    }
    rmSync(path);
    expect(await storage.get(key('put.txt'))).toBe('second');
    expect(await names(storage, 'incoming')).toEqual([]);
  });

  test('whoever needs a path gets one for as long as they work', async () => {
    const storage = open();
    await storage.put(key('lent.txt'), 'lent');
    const before = await readdir(scratch);
    expect(await storage.withLocalCopy(key('lent.txt'), (path) => readFile(path, 'utf8'))).toBe('lent');
    await expect(storage.withLocalCopy(key('lent.txt'), () => Promise.reject(new Error('broke')))).rejects.toThrow('broke');
    expect(await readdir(scratch)).toEqual(before);
  });

  test('what is not there says so, and removing it twice is no error', async () => {
    const storage = open();
    expect(await storage.exists(key('nothing'))).toBe(false);
    await expect(storage.get(key('nothing'))).rejects.toThrow();
    await expect(buffer(storage.getRange(key('nothing'), { start: 0, end: 1 }))).rejects.toThrow();
    await storage.put(key('gone'), 'x');
    await storage.delete(key('gone'));
    await storage.delete(key('gone'));
    expect(await storage.exists(key('gone'))).toBe(false);
  });

  test('a listing tells folders and files apart, and everything can be removed', async () => {
    const storage = open();
    await storage.put('cd/one', '1');
    const { objects } = await storage.listAll('/');
    expect([...objects].map((object) => [object.name, object.isDirectory])).toEqual(
      expect.arrayContaining([
        ['ab', true],
        ['cd', true],
      ]),
    );
    await storage.deleteAll('');
    expect(await names(storage, '')).toEqual([]);
  });

  test('a reader who leaves lets go', async () => {
    const storage = open();
    await storage.put(key('long'), Buffer.alloc(3_000_000, 'y'));
    const reading = storage.getRange(key('long'), { start: 0, end: 2_999_999 });
    for await (const _ of reading) break;
    expect(reading.destroyed).toBe(true);
    await storage.deleteAll('');
  });
});

test('a bucket copies in parts what is too large for one copy', async () => {
  const storage = new S3Storage(storagePlaceOf(s3.url) as S3Place, scratch, { copiedAtOnceBytes: 1000 });
  const bytes = Buffer.from(Array.from({ length: 2500 }, (_, at) => at % 251));
  await storage.settle(await storage.receive(Readable.from([bytes])), key('in-parts'));
  expect(s3.objects.get(key('in-parts'))?.bytes).toEqual(bytes);
  expect(s3.openParts()).toBe(0);
});

test('all of a bucket is told, however much there is', async () => {
  const lastModified = new Date();
  for (let number = 0; number < 2100; number += 1) s3.objects.set(`ef/${number}`, { bytes: Buffer.alloc(1), lastModified });
  const names = await Array.fromAsync(everythingAt(openStorage(storagePlaceOf(s3.url), scratch), 'ef'), ({ name }) => name);
  expect(new Set(names).size).toBe(2100);
  s3.objects.clear();
});

test('a bucket refuses a wrong secret', async () => {
  const wrong = openStorage({ ...(storagePlaceOf(s3.url) as S3Place), secretAccessKey: 'guessed' }, scratch);
  await expect(wrong.put(key('no'), 'no')).rejects.toMatchObject({ cause: expect.objectContaining({ name: 'SignatureDoesNotMatch' }) });
});

test.each([
  ['s3://key:secret@host/bucket', undefined],
  ['s3://key:secret@host:9000/bucket?region=eu-central-1&tls=off', undefined],
  ['file:///var/files', undefined],
  ['file://srv/files', /this machine/],
  ['s3://host/bucket', /key and its secret/],
  ['s3://key:secret@host/', /one bucket/],
  ['s3://key:secret@host/bucket/folder', /one bucket/],
  ['s3://key:secret@host/bucket?zone=x', /zone/],
  ['s3://key:secret@host/bucket?tls=maybe', /tls/],
  ['ftp://host/files', /starts with/],
])('the address %s is looked at before the school starts', (address, problem) => {
  if (problem) expect(storageUrlProblem(address)).toMatch(problem);
  else expect(storageUrlProblem(address)).toBeUndefined();
});

test('a place is told without its secret', () => {
  const place = storagePlaceOf('s3://key:se%2Fcret@host:9000/bucket?tls=off');
  expect(place).toMatchObject({ accessKeyId: 'key', secretAccessKey: 'se/cret', region: 'us-east-1' });
  expect(storageInWords(place)).toBe('http://host:9000/bucket');
});
