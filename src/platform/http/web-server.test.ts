import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../config.server.ts';
import { freePort } from '../ports.server.ts';
import { bodyLimits, listen, type WebServer } from './web-server.server.ts';

let server: WebServer;

beforeAll(async () => {
  const config = loadConfig({
    PORT: String(await freePort()),
    HOST: '127.0.0.1',
    SECRET: 'a secret for tests that has more than 32 characters',
  });
  server = await listen(
    config,
    (incoming, response) => {
      let sizeBytes = 0;
      incoming.on('data', (chunk: Buffer) => (sizeBytes += chunk.length)).on('end', () => response.end(`read ${sizeBytes}`));
    },
    { roomyPlaces: ['/pictures'] },
  );
});
afterAll(() => server.stop());

/** Sends a body, telling its length or not. */
function send(path: string, sizeBytes: number, tellsLength = true): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { port: server.port, host: '127.0.0.1', path, method: 'POST', headers: { host: `localhost:${server.port}` } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('end', () => resolve(`${answer.statusCode} ${text}`));
      },
    );
    outgoing.on('error', reject);
    if (tellsLength) outgoing.setHeader('content-length', sizeBytes);
    else outgoing.setHeader('transfer-encoding', 'chunked');
    outgoing.end(Buffer.alloc(sizeBytes, 'a'));
  });
}

test('a form of words is read up to its limit and not beyond', async () => {
  expect(await send('/words', bodyLimits.usual)).toBe(`200 read ${bodyLimits.usual}`);
  expect(await send('/words', bodyLimits.usual + 1)).toMatch(/^413 /);
  expect(await send('/words?pictures', 3 * 1024 * 1024)).toMatch(/^413 /);
  expect(await send('/pictures/more', 3 * 1024 * 1024)).toMatch(/^413 /);
});

test('where pictures are taken a form may be large', async () => {
  expect(await send('/pictures?/save', 3 * 1024 * 1024)).toBe(`200 read ${3 * 1024 * 1024}`);
});

test('who still sends what is too large hears so, and is not cut off', async () => {
  const sizeBytes = bodyLimits.usual + 400_000;
  const socket = connect(server.port, '127.0.0.1').setEncoding('utf8');
  const closed = new Promise((resolve, reject) => socket.on('close', resolve).on('error', reject));
  socket.write(`POST /words HTTP/1.1\r\nHost: localhost:${server.port}\r\nContent-Length: ${sizeBytes}\r\n\r\n`);
  const answer = await new Promise<string>((resolve) => socket.once('data', (words) => resolve(String(words))));
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  for (let sent = 0; sent < sizeBytes; sent += 100_000) {
    const part = Buffer.alloc(Math.min(100_000, sizeBytes - sent), 'a');
    await new Promise<void>((resolve, reject) => socket.write(part, (error) => (error ? reject(error) : resolve())));
  }
  await closed;
});

test('nobody gets past the limit by not telling the length', async () => {
  expect(await send('/words', 100, false)).toMatch(/^411 /);
});
