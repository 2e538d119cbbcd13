import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Something that an address answers to: `/courses/[slug] GET`, `/sign-in POST ?/signIn`. */
export interface Deed {
  /** How the table names it. */
  name: string;
  /** As SvelteKit names the route, groups left out. */
  route: string;
  method: string;
  action?: string;
}

const routes = 'src/routes';
const methods = /export const (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|fallback)\b/g;

/** What the server answers before the pages are reached (src/answer-upload.server.ts). */
const besideThePages: [route: string, methods: string][] = [
  ['/uploads', 'POST'],
  ['/uploads/[id]', 'DELETE HEAD PATCH POST'],
];

/** Every page, form action and endpoint, found from the files of the route tree, so that a new one cannot be forgotten; and those beside it. */
export function everyDeed(): Deed[] {
  const folders = new Set(globSync(`${routes}/**/{+page.svelte,+page.server.ts,+server.ts}`).map((file) => dirname(file)));
  const beside = besideThePages.flatMap(([route, methods]) =>
    methods.split(' ').map((method) => ({ name: `${route} ${method}`, route, method })),
  );
  return [...[...folders].flatMap((folder) => deedsOf(folder)), ...beside].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function deedsOf(folder: string): Deed[] {
  const route =
    folder
      .slice(routes.length)
      .split('/')
      .filter((part) => !/^\(.*\)$/.test(part))
      .join('/') || '/';
  const deeds: Deed[] = [];
  if (existsSync(join(folder, '+page.svelte')) || existsSync(join(folder, '+page.server.ts')))
    deeds.push({ name: `${route} GET`, route, method: 'GET' });
  for (const action of actionsOf(textOf(join(folder, '+page.server.ts'))))
    deeds.push({ name: `${route} POST ?/${action}`, route, method: 'POST', action });
  for (const [, method = ''] of textOf(join(folder, '+server.ts')).matchAll(methods)) {
    if (method === 'fallback') throw new Error(`${folder} answers to every method; name those it means`);
    deeds.push({ name: `${route} ${method}`, route, method });
  }
  return deeds;
}

/** The names of a page's form actions. Formatting is checked before the tests run, so that a name stands at one indent. */
function actionsOf(source: string): string[] {
  const [, block] = /^export const actions(?::[^=]+)? = \{\n(.*?)^\}/ms.exec(source) ?? [];
  if (source.includes('export const actions') && block === undefined) throw new Error('Actions that this test cannot read');
  return [...(block ?? '').matchAll(/^ {2}(?:async )?(\w+)[:,(]/gm)].map(([, name = '']) => name);
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
