import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Member, openWorld, type World } from './matrix/cast.ts';
import { type Deed, everyDeed } from './matrix/deeds.ts';
import { parametersOf } from './matrix/parameters.ts';
import { columns, table } from './matrix/table.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const deeds = everyDeed();
const variants = Object.keys(table).map((name) => ({ name, deed: deeds.find((deed) => deed.name === name.replace(/ of .*$/, '')) }));

test('the table names every page, form and endpoint that there is, and no other', () => {
  expect(Object.keys(table).filter((name) => !/ of /.test(name))).toEqual(deeds.map(({ name }) => name));
});

test.each(variants)('$name answers to each as the table says', async ({ name, deed }) => {
  if (!deed) throw new Error('There is no such deed');
  const answers: string[] = [];
  for (const member of columns) answers.push(await tryDeed(name, deed, member));
  expect(answers.join(' ')).toBe(table[name]);
});

async function tryDeed(name: string, deed: Deed, member: Member): Promise<string> {
  const parameters = await parametersOf(name, world, member);
  const path = deed.route.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, key: string) => parameters[key] ?? 'nothing');
  const { baseUrl } = world.school;
  const answer = await fetch(`${baseUrl}${path}${deed.action && deed.action !== 'default' ? `?/${deed.action}` : ''}`, {
    method: deed.method,
    headers: { cookie: await world.cookieOf(member), origin: baseUrl, accept: 'text/html' },
    body: deed.method === 'GET' || deed.method === 'HEAD' ? undefined : new URLSearchParams(),
    redirect: 'manual',
  });
  await answer.body?.cancel();
  const location = answer.headers.get('location') ?? '';
  if (answer.status >= 500) throw new Error(`${member} met a fault: ${answer.status}`);
  if ([401, 403, 404].includes(answer.status)) return 'x';
  if (answer.status === 303 && location.startsWith('/sign-in?next=')) return 's';
  if (answer.status >= 300 && answer.status < 400) return '>';
  return 'o';
}
