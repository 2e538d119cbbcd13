import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localPath } from './local-path.ts';

test.each(['/dashboard', '/learn/typescript/first?at=30#note', '/courses?q=a%20b'])('%s is a place in the school', (path) => {
  expect(localPath(path)).toBe(path);
});

test.each([
  '//evil.example',
  '/\\evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
  '/a\n//b',
  '',
  'dashboard',
  '\\\\evil.example',
])('%j leads nowhere', (path) => {
  expect(localPath(path)).toBeUndefined();
});

test('whatever is asked for, the way never leaves the school', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((rest) => `/${rest}`),
        fc
          .array(fc.constantFrom('/', '.', '..', '%2e', '\\', '%5c', 'a', 'evil.example', '?', '#', ':', '@'))
          .map((parts) => `/${parts.join('')}`),
      ),
      (value) => {
        const path = localPath(value);
        if (path !== undefined) expect(new URL(path, 'https://school.test').origin).toBe('https://school.test');
      },
    ),
  );
});
