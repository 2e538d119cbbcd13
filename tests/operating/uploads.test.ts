import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { Upload } from 'tus-js-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { aPerson } from '../support/courses.ts';
import { type School, startSchool, temporaryDataDir } from '../support/school.ts';
import { startServer } from '../support/server.ts';
import { beginSession } from '../support/session.ts';
import { aFilm } from '../support/uploads.ts';

const secret = 'one secret for as often as it starts';
const dataDir = temporaryDataDir();
let server: EmbeddedPostgres;
let owner: pg.Client;
let school: School;
let headers: Record<string, string>;

beforeAll(async () => {
  server = await startServer();
  await start();
  owner = new pg.Client({ connectionString: server.ownerUrl });
  await owner.connect();
  const ada = await aPerson({ owner }, 'INSTRUCTOR');
  headers = { cookie: await beginSession({ owner, secret }, ada.id), origin: 'https://school.test' };
});
afterAll(async () => {
  await owner?.end();
  await school?.stop();
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Starts the school, the second time on the port that it had. */
async function start(port?: string): Promise<void> {
  const environment = { DATABASE_URL: server.ownerUrl, HOST: '127.0.0.1', SECRET: secret, ORIGIN: 'https://school.test' };
  school = await startSchool({ dataDir, environment: { ...environment, ...(port && { PORT: port }) } });
  if (port) school.baseUrl = `http://localhost:${port}`;
}

async function restart(): Promise<void> {
  const { port } = new URL(school.baseUrl);
  school.process.kill('SIGKILL');
  await school.stop();
  await start(port);
}

const ask = (path: string, method: string, more: Record<string, string> = {}, body?: Buffer) =>
  fetch(school.baseUrl + path, {
    method,
    headers: { 'tus-resumable': '1.0.0', ...headers, ...more },
    ...(body && { body: new Uint8Array(body) }),
  });
const patch = (path: string, offset: number, bytes: Buffer) =>
  ask(path, 'PATCH', { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, bytes);
const offsetOf = async (path: string) => Number((await ask(path, 'HEAD')).headers.get('upload-offset'));
async function begin(sizeBytes: number): Promise<string> {
  const metadata = `purpose ${btoa('film')},filename ${btoa('lecture.mp4')}`;
  const answer = await ask('/uploads', 'POST', { 'upload-length': String(sizeBytes), 'upload-metadata': metadata });
  expect(answer.status, await answer.text()).toBe(201);
  return answer.headers.get('location')!;
}

test('an upload survives a school that is killed in the middle of it', async () => {
  const bytes = aFilm(24_000_000);
  let path = '';
  let isKilled = false;
  const arrived = new Promise<void>((resolve, reject) => {
    const upload: Upload = new Upload(bytes, {
      endpoint: `${school.baseUrl}/uploads`,
      headers,
      metadata: { purpose: 'film', filename: 'lecture.mp4' },
      chunkSize: 2_000_000,
      retryDelays: Array.from({ length: 100 }, () => 200),
      onUploadUrlAvailable: () => {
        path = new URL(upload.url ?? '').pathname;
      },
      onChunkComplete: (_, sentBytes) => {
        if (isKilled || sentBytes < 8_000_000) return;
        isKilled = true;
        restart().catch(reject);
      },
      onSuccess: () => resolve(),
      onError: reject,
    });
    upload.start();
  });
  await arrived;
  expect(isKilled).toBe(true);
  const file = (await (await ask(path, 'POST')).json()) as { id: string };
  const { rows } = await owner.query('select sha256, size_bytes::int as size from files where id = $1', [file.id]);
  expect(rows).toEqual([{ sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }]);
});

test.skipIf(!existsSync('/proc/self/status'))(
  'a film of more than five gigabytes arrives, and the school needs no more memory for it',
  async () => {
    const head = aFilm(0).subarray(0, -8);
    const pictures = Buffer.alloc(16);
    pictures.writeUInt32BE(1);
    pictures.write('mdat', 4, 'latin1');
    const lastBytes = 39_999_999;
    const sizeBytes = 5_100_000_000;
    pictures.writeBigUInt64BE(BigInt(sizeBytes - head.length), 8);
    const path = await begin(sizeBytes);
    expect((await patch(path, 0, Buffer.concat([head, pictures]))).status).toBe(204);
    // The hours in which the most of it came: a hole in the file takes no room on the disk of whoever runs this.
    truncateSync(join(dataDir, 'uploads-in-progress', path.slice('/uploads/'.length)), sizeBytes - lastBytes);
    expect(await offsetOf(path)).toBe(sizeBytes - lastBytes);
    const before = memoryOf(school);
    expect((await patch(path, sizeBytes - lastBytes, Buffer.alloc(lastBytes, 'end'))).status).toBe(204);
    let answer = await ask(path, 'POST');
    while (answer.status === 202) answer = await ask(path, 'POST');
    const file = (await answer.json()) as { key: string; url: string; sizeBytes: number };
    expect(file.sizeBytes).toBe(sizeBytes);
    expect((await stat(join(dataDir, 'files', file.key))).size).toBe(sizeBytes);
    expect(memoryOf(school) - before).toBeLessThan(120);
    const end = await ask(file.url, 'GET', { range: `bytes=${sizeBytes - 3}-` });
    expect([end.status, await end.text()]).toEqual([206, 'end']);
  },
);

/** Resident memory of the school's process at its highest, in megabytes. */
function memoryOf({ process }: School): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
