import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

/** What a stranger's browser may load of JavaScript with the first page that it opens, in kB compressed with gzip (docs/decisions/0019). */
const pages = [
  ['the front page', '/', 60],
  ['the catalogue', '/courses', 60],
  ['a course’s page', '/courses/[slug]', 63],
] as const;

const built = (file: string) => readFileSync(`build/server/${file}`, 'utf8');
const scriptsIn = (list: string | undefined) => [...(list ?? '').matchAll(/"([^"]+\.js)"/g)].map(([, file]) => file ?? '');

/** Everything that the framework needs to show the page, its frame and what would stand there had it failed. */
function scriptsOf(route: string): string[] {
  const manifest = built('manifest.js');
  const page = manifest.slice(manifest.indexOf(`id: ${JSON.stringify(route)},`));
  const [, layouts, errors, leaf] = /page: \{ layouts: \[(.*?)\], errors: \[(.*?)\], leaf: (\d+) \}/.exec(page) ?? [];
  const nodes = `${layouts},${errors},${leaf}`.split(',').filter((node) => /^\d+$/.test(node));
  const own = nodes.flatMap((node) => scriptsIn(/^export const imports = (.*)$/m.exec(built(`nodes/${node}.js`))?.[1]));
  const scripts = new Set([...scriptsIn(/imports:\[(.*?)\]/.exec(manifest)?.[1]), ...own]);
  // The framework's list leaves out a file that something else asks for later, too.
  for (const file of scripts) for (const imported of importsOf(file)) scripts.add(imported);
  return [...scripts];
}

const importsOf = (file: string) =>
  [...readFileSync(`build/client/${file}`, 'utf8').matchAll(/(?:from|\bimport)"(\.[^"]+\.js)"/g)].map(([, path]) =>
    join(dirname(file), path ?? ''),
  );

test.each(pages)('%s loads no more JavaScript than a first page may', (_, route, mostKilobytes) => {
  const sizes = scriptsOf(route).map((file) => gzipSync(readFileSync(`build/client/${file}`)).byteLength / 1000);
  expect(sizes.length).toBeGreaterThan(5);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(mostKilobytes);
});
