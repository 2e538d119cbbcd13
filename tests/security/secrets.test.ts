import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPerson } from '../support/courses.ts';
import { handedOutBy } from './matrix/shop-cast.ts';
import { browserAt, mailedLink, openTarget, type Target } from './target.ts';

let target: Target;
/** What must be found nowhere but where the table below says, by what it is. */
const secrets: Record<string, string> = {};

const words = {
  first: 'marked-first-password-7f3a',
  wrong: 'marked-wrong-password-b81c',
  second: 'marked-second-password-02de',
  unfit: 'marked7',
};
const email = 'ada@school.test';

beforeAll(async () => {
  target = await openTarget({ LOG_LEVEL: 'debug' });
  const browser = browserAt(target);
  const noteCookies = (when: string) => {
    for (const [name, value] of browser.cookies)
      if (name.startsWith('lyceum')) {
        secrets[`the cookie ${name} ${when}`] = decodeURIComponent(value);
        secrets[`the token of ${name} ${when}`] = decodeURIComponent(value).split('.')[0] ?? '';
      }
  };
  await browser.post('/sign-up?/signUp', { name: 'Ada', email, password: words.unfit });
  await browser.post('/sign-up?/signUp', { name: 'Ada', email, password: words.first });
  const confirm = await mailedLink(target, 'accounts.verifyEmail', email);
  secrets['the link that confirms'] = confirm.searchParams.get('token') ?? '';
  await browser.get(confirm.pathname + confirm.search);
  await browser.post(`${confirm.pathname}?/confirm&${confirm.searchParams}`);
  noteCookies('after confirming');
  await browser.post('/sign-out');
  await browser.post('/sign-in?/signIn', { email, password: words.wrong });
  await browser.post('/sign-in?/signIn', { email, password: words.first, remember: 'on' });
  noteCookies('after signing in');
  await browser.get('/dashboard');
  await browser.post('/sign-out');
  await browser.post('/forgot-password?/request', { email });
  const reset = await mailedLink(target, 'accounts.resetPassword', email);
  secrets['the link for a new password'] = reset.searchParams.get('token') ?? '';
  await browser.get(reset.pathname + reset.search);
  await browser.post(`${reset.pathname}?/choose&${reset.searchParams}`, { password: words.second });
  await browser.post('/magic-link?/request', { email });
  const link = await mailedLink(target, 'accounts.signInLink', email);
  secrets['the link that signs in'] = link.searchParams.get('token') ?? '';
  await browser.get(link.pathname + link.search);
  await browser.post(`${link.pathname}?/signIn&${link.searchParams}`);
  noteCookies('after the link');
  const [scope] =
    /name="scopes"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="scopes"/
      .exec((await browser.get('/settings/api-keys')).body)
      ?.slice(1)
      .filter(Boolean) ?? [];
  const made = await browser.post('/settings/api-keys?/create', { name: 'Marked', scopes: scope ?? '', days: '' });
  secrets['the API key'] = /lyc_[\w-]{43}/.exec(made.body)?.[0] ?? '';
  const calendar = await browser.post('/settings/calendar?/make', {});
  const [address, token] = /\/calendar\/([\w-]{54})\.ics/.exec(calendar.body) ?? [];
  secrets['the address of the calendar'] = token ?? '';
  await browser.get(`${address}`);
  await browser.get(`/calendar/${token}x.ics`);
  const { giftCode, seatToken } = await handedOutBy(target.owner, await aPerson(target));
  secrets['the code of a gift'] = giftCode;
  secrets['the link to a seat'] = seatToken;
  for (const [address, action] of [
    [`/gifts/${giftCode}`, 'redeem'],
    [`/seats/${seatToken}`, 'accept'],
  ]) {
    await browser.get(`${address}`);
    await browser.post(`${address}?/${action}`);
  }
  // A fault with all of it in the request: what is written down then is where secrets usually leak.
  await browser.get(`/sign-in?password=${words.wrong}&next=%00`);
  await browser.post(`/watch/x?token=${words.second}`, { password: words.second });
  for (const [name, word] of Object.entries(words)) secrets[`the ${name} password`] = word;
}, 120_000);
afterAll(() => target.close());

test('there are secrets to look for', () => {
  expect(Object.entries(secrets).filter(([, value]) => value.length < 7)).toEqual([]);
  expect(Object.keys(secrets).length).toBeGreaterThanOrEqual(9);
});

test('none is in what the school prints, however much it says', () => {
  const output = target.school.output();
  expect(output).toContain('"route":"/(auth)/sign-in"');
  const printed = Object.entries(secrets).filter(([, value]) => output.includes(value) || output.includes(encodeURIComponent(value)));
  expect(printed.map(([what]) => what)).toEqual([]);
});

/** Where a secret must be, to do its work: a gift's code is shown again to who bought it. Nobody but admins reads the mailbox, and the rows of sessions open nothing without the key that signs cookies. */
const mayBe: [what: RegExp, table: RegExp][] = [
  [/^the link/, /^public\.email_messages$/],
  [/^the token/, /^public\.sessions$/],
  [/^the code of a gift/, /^public\.gifts$/],
];

test('none is in the database, but a link in its mail and a token in its session: not in a job, not in the audit log, not elsewhere', async () => {
  const { rows: tables } = await target.owner.query<{ name: string }>(
    `select nspname || '.' || relname as name from pg_class join pg_namespace n on n.oid = relnamespace
      where nspname in ('public', 'graphile_worker') and relkind in ('r', 'p') and not relispartition order by 1`,
  );
  expect(tables.map(({ name }) => name)).toContain('graphile_worker._private_jobs');
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await target.owner.query<{ row: string }>(`select t::text as row from ${name} t`);
    const text = rows.map(({ row }) => row).join('\n');
    for (const [what, value] of Object.entries(secrets))
      if (text.includes(value) && !mayBe.some(([kind, table]) => kind.test(what) && table.test(name))) found.push(`${what} in ${name}`);
  }
  expect(found).toEqual([]);
});
