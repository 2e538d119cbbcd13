import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const promises = [...readFileSync('SECURITY.md', 'utf8').matchAll(/`([\w/-]+\.test\.ts)(?: › ([^`]+))?`/g)].map(([, file = '', name]) => ({
  file,
  name,
}));

test('SECURITY.md names tests', () => {
  expect(promises.length).toBeGreaterThan(40);
});

test.each(promises)('SECURITY.md names the test $file › $name, and it is there', ({ file, name }) => {
  const found = globSync('{src,tests}/**/*.test.ts').filter((path) => path === file || path.endsWith(`/${file}`));
  expect(found).not.toEqual([]);
  if (name) expect(found.some((path) => readFileSync(path, 'utf8').includes(name))).toBe(true);
});
