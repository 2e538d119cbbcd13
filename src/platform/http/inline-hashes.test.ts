import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { withHashes } from './inline-hashes.ts';

const hash = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

test('inline scripts and styles are allowed by what they are, and by no nonce', () => {
  const { body, policy } = withHashes(
    '<style nonce="n/+">p { color: red }</style><link nonce="n/+" href="a.css"><script nonce="n/+">go(1 < 2)</script><script src="b.js" nonce="n/+"></script>',
    "default-src 'self'; script-src 'self' 'nonce-n/+'; style-src 'self' 'nonce-n/+'",
  );
  expect(body).toBe('<style>p { color: red }</style><link href="a.css"><script>go(1 < 2)</script><script src="b.js"></script>');
  expect(policy).toBe(`default-src 'self'; script-src 'self' ${hash('go(1 < 2)')}; style-src 'self' ${hash('p { color: red }')}`);
});

test('a script that was not made by the school is not allowed', () => {
  const { policy } = withHashes('<script>steal()</script><script nonce="n">go()</script>', "script-src 'self' 'nonce-n'");
  expect(policy).toBe(`script-src 'self' ${hash('go()')}`);
});

test('a page without a nonce stays as it is', () => {
  expect(withHashes('<p>a</p>', "default-src 'none'")).toEqual({ body: '<p>a</p>', policy: "default-src 'none'" });
});
