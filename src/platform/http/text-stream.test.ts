import { expect, test } from 'vitest';
import { textStream } from './text-stream.ts';

test('a body is made no faster than it is read, and its making ends when its reader goes away', async () => {
  const made: string[] = [];
  async function* pieces() {
    try {
      for (const piece of ['one ', 'two ', 'three ', 'four ']) {
        made.push(piece);
        yield piece;
      }
    } finally {
      made.push('ended');
    }
  }
  const reader = textStream(pieces()).getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('one ');
  expect(made.length).toBeLessThan(4);
  await reader.cancel();
  expect(made.at(-1)).toBe('ended');
  expect(await new Response(textStream(pieces())).text()).toBe('one two three four ');
});
