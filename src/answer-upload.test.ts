import { createHash } from 'node:crypto';
import { existsSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Upload, type UploadOptions } from 'tus-js-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uploadsPath } from '#features/media/index.server.ts';
import { loadConfig } from '#platform/config.server.ts';
import type { Person } from '#platform/context.ts';
import { listen, type WebServer } from '#platform/http/web-server.server.ts';
import { freePort } from '#platform/ports.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { aPerson } from '../tests/support/courses.ts';
import { testDatabase } from '../tests/support/database.ts';
import { testProcess } from '../tests/support/process.ts';
import { beginSession } from '../tests/support/session.ts';
import { aFilm } from '../tests/support/uploads.ts';
import { answerUploadRequest } from './answer-upload.server.ts';

const database = testDatabase();
testProcess(database);
let server: WebServer;
let origin: string;
let ada: Person;
let headers: Record<string, string>;
const secret = 'a secret for tests that has more than 32 characters';

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  const config = loadConfig({ PORT: String(port), HOST: '127.0.0.1', ORIGIN: origin, SECRET: secret });
  server = await listen(config, (_, response) => void response.writeHead(404).end(), {
    streamed: { path: uploadsPath, answer: answerUploadRequest },
  });
  ada = await aPerson(database, 'INSTRUCTOR');
  headers = await headersOf(ada);
});
afterAll(async () => {
  await server.stop();
  await runtime().storage.deleteAll('');
});

const headersOf = async (person: Person) => ({
  cookie: await beginSession({ owner: database.owner, secret }, person.id),
  origin,
});
const metadata = (purpose: string, filename: string) =>
  `purpose ${Buffer.from(purpose).toString('base64')},filename ${Buffer.from(filename).toString('base64')}`;
const ask = (path: string, method: string, more: Record<string, string> = {}, body?: Buffer, who = headers) =>
  fetch(`${origin}${path}`, {
    method,
    headers: { 'tus-resumable': '1.0.0', ...who, ...more },
    ...(body && { body: new Uint8Array(body) }),
  });

async function begin(sizeBytes: number, filename = 'film.mp4', purpose = 'film'): Promise<string> {
  const answer = await ask(uploadsPath, 'POST', { 'upload-length': String(sizeBytes), 'upload-metadata': metadata(purpose, filename) });
  expect(answer.status, await answer.text()).toBe(201);
  return answer.headers.get('location')!;
}
const patch = (path: string, offset: number, bytes: Buffer, who = headers) =>
  ask(path, 'PATCH', { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, bytes, who);
const offsetOf = async (path: string) => Number((await ask(path, 'HEAD')).headers.get('upload-offset'));
/** How much of an upload is on the disk; whoever asks the school takes the upload over from its sender. */
const arrivedOf = (path: string) => {
  const file = join(runtime().config.uploads.folder, basename(path));
  return existsSync(file) ? statSync(file).size : 0;
};
const rows = async () => (await database.owner.query('select id from uploads')).rows.length;

/** Sends bytes as a page does, through the protocol's own client. */
function send(bytes: Buffer, options: UploadOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload: Upload = new Upload(bytes, {
      endpoint: origin + uploadsPath,
      headers,
      metadata: { purpose: 'film', filename: 'film.mp4' },
      retryDelays: [50, 100, 200],
      onSuccess: () => resolve(upload.url ?? ''),
      onError: reject,
      ...options,
    });
    upload.start();
  });
}

test('a file that comes in pieces arrives whole, as a file of whoever sent it', async () => {
  const bytes = aFilm(3_000_000);
  const url = await send(bytes, { chunkSize: 400_000 });
  const answer = await ask(new URL(url).pathname, 'POST');
  expect(answer.status).toBe(200);
  const file = (await answer.json()) as { id: string; key: string };
  const { rows } = await database.owner.query('select owner_id, sha256 from files where id = $1', [file.id]);
  expect(rows).toEqual([{ owner_id: ada.id, sha256: createHash('sha256').update(bytes).digest('hex') }]);
  expect(Buffer.compare(await buffer(await runtime().storage.getStream(file.key)), bytes)).toBe(0);
});

test('what came before the connection broke is kept, and the rest goes on behind it', async () => {
  const bytes = aFilm(2_000_000);
  const path = await begin(bytes.length);
  const { port } = new URL(origin);
  const socket = connect(Number(port), '127.0.0.1');
  const head = [`PATCH ${path} HTTP/1.1`, `Host: localhost:${port}`, `Cookie: ${headers.cookie}`, `Origin: ${origin}`];
  head.push('Tus-Resumable: 1.0.0', 'Upload-Offset: 0', 'Content-Type: application/offset+octet-stream', `Content-Length: ${bytes.length}`);
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.write(bytes.subarray(0, 1_200_000));
  await expect.poll(() => arrivedOf(path)).toBeGreaterThan(500_000);
  socket.destroy();
  await new Promise((resolve) => socket.once('close', resolve));
  const here = await offsetOf(path);
  expect(here).toBeGreaterThan(500_000);
  expect(here).toBeLessThan(bytes.length);
  expect((await ask(path, 'POST')).status).toBe(409);
  expect((await patch(path, 0, bytes)).status).toBe(409);
  expect((await patch(path, here, bytes.subarray(here))).status).toBe(204);
  expect((await ask(path, 'POST')).status).toBe(200);
  // Whoever lost the last answer is not made to send it all again.
  expect(await offsetOf(path)).toBe(bytes.length);
});

test('a request that hangs is let go when its sender comes back on another line', async () => {
  const bytes = aFilm(500_000);
  const path = await begin(bytes.length);
  const { port } = new URL(origin);
  const hanging = connect(Number(port), '127.0.0.1');
  const head = [`PATCH ${path} HTTP/1.1`, `Host: localhost:${port}`, `Cookie: ${headers.cookie}`, `Origin: ${origin}`];
  head.push('Tus-Resumable: 1.0.0', 'Upload-Offset: 0', 'Content-Type: application/offset+octet-stream', `Content-Length: ${bytes.length}`);
  hanging.write(`${head.join('\r\n')}\r\n\r\n`);
  hanging.write(bytes.subarray(0, 100_000));
  await expect.poll(() => arrivedOf(path)).toBe(100_000);
  expect(await offsetOf(path)).toBe(100_000);
  expect((await patch(path, 100_000, bytes.subarray(100_000))).status).toBe(204);
  hanging.destroy();
});

test('an upload whose bytes were lost with a disk is begun anew by its client', async () => {
  const path = await begin(1000);
  expect((await patch(path, 0, Buffer.alloc(500))).status).toBe(204);
  rmSync(join(runtime().config.uploads.folder, path.slice(uploadsPath.length + 1)));
  expect((await ask(path, 'HEAD')).status).toBe(410);
  expect((await patch(path, 500, Buffer.alloc(500))).status).toBe(410);
});

test('guests send nothing, and nobody sees, continues, finishes or removes another’s upload', async () => {
  const path = await begin(1000);
  const nobody = { origin };
  for (const [method, place] of [
    ['POST', uploadsPath],
    ['HEAD', path],
    ['PATCH', path],
    ['DELETE', path],
    ['POST', path],
  ] as const)
    expect([method, (await ask(place, method, { 'upload-length': '10' }, undefined, nobody as typeof headers)).status]).toEqual([
      method,
      401,
    ]);
  const other = await headersOf(await aPerson(database, 'ADMIN'));
  expect((await ask(path, 'HEAD', {}, undefined, other)).status).toBe(404);
  expect((await patch(path, 0, Buffer.alloc(1000), other)).status).toBe(404);
  expect((await ask(path, 'POST', {}, undefined, other)).status).toBe(404);
  expect((await ask(path, 'DELETE', {}, undefined, other)).status).toBe(404);
  expect(await offsetOf(path)).toBe(0);
  expect((await ask(path, 'DELETE')).status).toBe(204);
  expect((await ask(path, 'HEAD')).status).toBe(404);
});

test('a page of another site cannot send, and is told nothing', async () => {
  const foreign = { ...headers, origin: 'https://elsewhere.test' };
  const answer = await ask(
    uploadsPath,
    'POST',
    { 'upload-length': '10', 'upload-metadata': metadata('film', 'a.mp4') },
    undefined,
    foreign,
  );
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  const options = await ask(uploadsPath, 'OPTIONS', {}, undefined, foreign);
  expect(options.headers.get('access-control-allow-origin')).toBeNull();
});

test.each([
  ['film', 'large.mp4', String(30 * 1024 ** 3), 422, /“large\.mp4” has 30 GB\. The most that is taken here is 20 GB/],
  ['image', 'a.png', '99999999', 422, /25 MB/],
  ['nonsense', 'a.png', '10', 422, /what the file is for/],
  ['film', 'a.mp4', 'many', 400, /Invalid upload-length/],
])('a %s named %s of %s bytes is refused before a byte is sent', async (purpose, filename, sizeBytes, status, words) => {
  const before = await rows();
  const answer = await ask(uploadsPath, 'POST', { 'upload-length': sizeBytes, 'upload-metadata': metadata(purpose, filename) });
  expect([answer.status, await answer.text()]).toEqual([status, expect.stringMatching(words)]);
  expect(await rows()).toBe(before);
});

test('more bytes than were said are not taken', async () => {
  const path = await begin(100);
  expect((await patch(path, 0, Buffer.alloc(101))).status).toBe(413);
  await ask(path, 'DELETE');
});

test('a disguised file is refused with its last byte, in a sentence', async () => {
  const before = await rows();
  const bytes = Buffer.from('<!doctype html><script>alert(1)</script>');
  const path = await begin(bytes.length, 'film.mp4');
  const answer = await patch(path, 0, bytes);
  expect([answer.status, await answer.text()]).toEqual([422, '“film.mp4” is not a film (MP4, MOV, WebM or MKV).']);
  expect((await ask(path, 'HEAD')).status).toBe(404);
  expect(await rows()).toBe(before);
});

test('who begins upload after upload is asked to wait', async () => {
  const eager = await headersOf(await aPerson(database, 'INSTRUCTOR'));
  // Most of them are refused for their size: that counts as well.
  const statuses: number[] = [];
  for (let count = 0; count < 601 && statuses.at(-1) !== 429; count += 20) {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        ask(uploadsPath, 'POST', { 'upload-length': '0', 'upload-metadata': metadata('film', 'a.mp4') }, undefined, eager),
      ),
    );
    for (const answer of answers) if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    statuses.push(...answers.map(({ status }) => status).sort());
  }
  expect(statuses.at(-1)).toBe(429);
});
