import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { rangedAnswer } from './ranged-answer.ts';

const words = Buffer.from('0123456789');
const answerTo = (headers: Record<string, string>, method = 'GET', of = words) =>
  rangedAnswer(
    new Request('https://school.test/files/a', { method, headers }),
    { sizeBytes: of.length, tag: 'one', read: ({ start, end }) => Readable.from([of.subarray(start, end + 1)]) },
    new Headers({ 'content-type': 'text/plain' }),
  );

test.each<[string, Record<string, string>, number, string, Record<string, string>]>([
  ['all of it', {}, 200, '0123456789', { 'content-length': '10', etag: '"one"', 'accept-ranges': 'bytes', 'content-type': 'text/plain' }],
  ['the part that was asked for', { range: 'bytes=2-4' }, 206, '234', { 'content-length': '3', 'content-range': 'bytes 2-4/10' }],
  ['that part, of the bytes that the asker knows', { range: 'bytes=2-4', 'if-range': '"one"' }, 206, '234', {}],
  ['all of it, where the asker knows other bytes', { range: 'bytes=2-4', 'if-range': '"two"' }, 200, '0123456789', {}],
  ['nothing, where the asker has them', { 'if-none-match': '"two", "one"' }, 304, '', { etag: '"one"' }],
  ['nothing, where there is no such part', { range: 'bytes=10-' }, 416, '', { 'content-range': 'bytes */10' }],
])('hands out %s', async (_, asked, status, body, headers) => {
  const answer = answerTo(asked);
  expect([answer.status, await answer.text()]).toEqual([status, body]);
  expect(Object.fromEntries(answer.headers)).toMatchObject(headers);
});

test('reads nothing of what nobody will see', async () => {
  const head = answerTo({}, 'HEAD');
  expect([head.headers.get('content-length'), head.body]).toEqual(['10', null]);
  expect(await answerTo({}, 'GET', Buffer.alloc(0)).text()).toBe('');
});
