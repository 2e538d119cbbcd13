import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { type Deed, everyDeed } from './matrix/deeds.ts';
import { type Attempt, attempt, openTarget, signedIn, type Target } from './target.ts';

let target: Target;
/** The cookies of an admin, in whose browser another site's page sends forms. */
let cookie: string;

beforeAll(async () => {
  // Nothing else changes anything meanwhile: jobs wait, as they would on another machine.
  target = await openTarget({ JOBS: 'separate' });
  await target.make('admin@school.test', { role: 'ADMIN' });
  cookie = (await signedIn(target, 'admin@school.test')).cookie();
});
afterAll(() => target.close());

/** Everything that changes something: found from the route tree, so that a new one cannot be forgotten. */
const changing = everyDeed().filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));

const id = newId();
const addressOf = ({ route, action }: Deed) => `${route.replace(/\[[^\]]+\]/g, id)}${action && action !== 'default' ? `?/${action}` : ''}`;

const form = 'application/x-www-form-urlencoded';
const json = '{"played":[[0,1]],"positionSeconds":1}';
const multipart = '--x\r\ncontent-disposition: form-data; name="email"\r\n\r\na@b.test\r\n--x--\r\n';

/** How another site's page makes a browser send something: the headers that the browser adds, and the body. */
const forgeries: Record<string, () => Attempt> = {
  'a form of another site': () => ({ headers: { origin: 'https://evil.example', 'content-type': form }, body: 'email=a@b.test' }),
  'a form in a sandboxed frame': () => ({ headers: { origin: 'null', 'content-type': form }, body: 'email=a@b.test' }),
  'a form without a sender': () => ({ headers: { 'content-type': form }, body: 'email=a@b.test' }),
  'a form with a file': () => ({
    headers: { origin: 'https://evil.example', 'content-type': 'multipart/form-data; boundary=x' },
    body: multipart,
  }),
  'a form of plain text': () => ({ headers: { origin: 'https://evil.example', 'content-type': 'text/plain' }, body: json }),
  'a script that calls it JSON': () => ({ headers: { origin: 'https://evil.example', 'content-type': 'application/json' }, body: json }),
  'a script that calls it nothing': () => ({ headers: { origin: 'https://evil.example' }, body: json }),
  'a script without a sender': () => ({ headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' }, body: json }),
  'a page of a neighboring address': () => ({
    headers: { origin: `${target.origin}.evil.example`, 'content-type': form },
    body: 'email=a@b.test',
  }),
  'a page on another port': () => ({
    headers: { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site', 'content-type': form },
    body: '',
  }),
  'a browser that says so': () => ({ headers: { origin: target.origin, 'sec-fetch-site': 'cross-site', 'content-type': form }, body: '' }),
  'an address like ours in capitals of another scheme': () => ({
    headers: { origin: target.origin.replace('http:', 'https:'), 'content-type': form },
    body: 'email=a@b.test',
  }),
};

/** What stands in every table that a request could change; counted attempts and the time a session was seen aside. */
async function everything(): Promise<string> {
  const { rows: tables } = await target.owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> 'rate_limits' order by 1`,
  );
  const digest = tables.map(
    ({ name }) => `select '${name}' as name, md5(string_agg(t::text, '|' order by t::text)) as digest from ${name} t`,
  );
  const { rows } = await target.owner.query(`${digest.join(' union all ')} order by 1`);
  return JSON.stringify(rows);
}

test('there is much to forge', () => {
  expect(changing.length).toBeGreaterThan(20);
});

describe.each(Object.keys(forgeries))('%s', (how) => {
  test('is refused everywhere and changes nothing', async () => {
    const before = await everything();
    const answers: string[] = [];
    for (const deed of changing) {
      const { headers, ...rest } = forgeries[how]!();
      const answer = await attempt(target, addressOf(deed), { method: deed.method, headers: { ...headers, cookie }, ...rest });
      if (answer.status !== 403 || answer.setCookies.length > 0) answers.push(`${deed.name}: ${answer.status}`);
    }
    expect(answers).toEqual([]);
    expect(await everything()).toBe(before);
  });
});

test('the same form from the school’s own page is taken', async () => {
  const answer = await attempt(target, '/theme', {
    method: 'POST',
    headers: { origin: target.origin, 'sec-fetch-site': 'same-origin', cookie },
    body: new URLSearchParams({ theme: 'dark', returnTo: '/courses' }),
  });
  expect([answer.status, answer.location]).toEqual([303, '/courses']);
});

test('nothing is changed by asking for a page, and no other method is one that changes', async () => {
  const before = await everything();
  for (const deed of changing) {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      const answer = await attempt(target, addressOf(deed), {
        method,
        headers: { cookie, 'x-http-method-override': 'POST', 'x-method-override': 'DELETE' },
      });
      expect([deed.name, method, answer.status >= 500]).toEqual([deed.name, method, false]);
    }
  }
  // Pages for a new browser remember its colors, and a session may be prolonged; no row of anything else moves.
  expect(await everything()).toBe(before);
});

test('a form cannot call itself another method', async () => {
  const before = await everything();
  for (const [name, method] of [
    ['x-http-method-override', 'DELETE'],
    ['x-http-method', 'PUT'],
    ['x-method-override', 'PATCH'],
  ] as const) {
    const answer = await attempt(target, '/settings/security?_method=DELETE', {
      method: 'POST',
      headers: { [name]: method, origin: target.origin, cookie },
      body: new URLSearchParams({ _method: 'DELETE' }),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  }
  for (const method of ['PUT', 'PATCH', 'DELETE'])
    expect((await attempt(target, '/settings/security', { method, headers: { origin: target.origin, cookie } })).status).toBe(405);
  expect(await everything()).toBe(before);
});
