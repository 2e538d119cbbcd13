import { expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { client, password, testSchool } from '../../../../tests/support/test-school.ts';
import { actorOf, endOwnSessions, ownSessions, signIn } from '../index.server.ts';
import { deviceOf } from './device-of.ts';
import { placeOf } from './place-of.ts';

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0', 'Firefox on Linux', false],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
    true,
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36',
    'Chrome on Windows',
    false,
  ],
  ['<script>alert(1)</script>', 'An unknown browser', false],
  ['', 'An unknown browser', false],
  [null, 'An unknown browser', false],
])('%j is told as %s', (userAgent, name, isHandheld) => {
  expect(deviceOf(userAgent)).toEqual({ name, isHandheld });
});

test.each([
  ['127.0.0.1', 'This machine or its network'],
  ['::1', 'This machine or its network'],
  ['192.168.178.20', 'This machine or its network'],
  ['::ffff:10.0.0.1', 'This machine or its network'],
  ['fe80::1%eth0', 'This machine or its network'],
  ['193.99.144.80', 'Germany'],
  ['::ffff:193.99.144.80', 'Germany'],
  ['8.8.8.8', 'United States'],
  ['0.0.0.0', 'Unknown place'],
  ['nonsense', 'Unknown place'],
  ['', 'Unknown place'],
  [null, 'Unknown place'],
])('the address %j is in: %s', (address, place) => {
  expect(placeOf(address)).toBe(place);
});

const school = testSchool();

test('one sees one’s browsers with device, place and days, this one first, and no token', async () => {
  await school.make('ada@school.test');
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';
  const from = { email: 'ada@school.test', password, remember: true, client: { address: '193.99.144.80', userAgent: phone } };
  await signIn(school.asGuest(new Date('2026-05-01T12:00:00Z')), from);
  const browser = await school.browserOf('ada@school.test', { now: new Date('2026-05-03T12:00:00Z') });
  const ctx = await browser.context(new Date('2026-05-04T12:00:00Z'));
  const sessions = await ownSessions(ctx);
  const unknown = { name: 'An unknown browser', isHandheld: false };
  expect(sessions).toEqual([
    {
      id: ctx.actor.session.id,
      device: unknown,
      place: placeOf(client.address),
      isThis: true,
      isHelper: false,
      since: 'yesterday',
      lastUsed: 'today',
    },
    {
      id: expect.any(String),
      device: { name: 'Safari on iOS', isHandheld: true },
      place: 'Germany',
      isThis: false,
      isHelper: false,
      since: 'on May 1, 2026',
      lastUsed: 'on May 1, 2026',
    },
  ]);
});

test('days are those of one’s own calendar', async () => {
  const { id } = await school.make('far@school.test');
  await school.database.owner.query("update users set time_zone = 'Pacific/Auckland' where id = $1", [id]);
  const browser = await school.browserOf('far@school.test', { now: new Date('2026-05-03T11:59:00Z') });
  const [session] = await ownSessions(await browser.context(new Date('2026-05-03T12:01:00Z')));
  expect(session?.since).toBe('yesterday');
});

test('sessions that have ended and those of others are not in the list', async () => {
  await school.make('bea@school.test');
  await school.make('other@school.test');
  await school.browserOf('other@school.test');
  await school.browserOf('bea@school.test', { now: new Date(Date.now() - 31 * 86_400_000) });
  const browser = await school.browserOf('bea@school.test');
  expect(await ownSessions(await browser.context())).toHaveLength(1);
});

test('an admin who acts as somebody is seen in their list', async () => {
  const { id } = await school.make('admin@school.test', { role: 'ADMIN' });
  const { id: userId } = await school.make('acted@school.test');
  const browser = await school.browserOf('acted@school.test');
  await school.database.owner.query(
    "insert into sessions (id, token, user_id, impersonated_by, ip_address, expires_at) values ($1, 'acting', $2, $3, '8.8.8.8', now() + interval '1 hour')",
    [newId(), userId, id],
  );
  expect(await ownSessions(await browser.context())).toContainEqual(expect.objectContaining({ isHelper: true, place: 'At the school' }));
});

test('one browser is signed out from another; whose it is not changes nothing', async () => {
  await school.make('carl@school.test');
  await school.make('thief@school.test');
  const lost = await school.browserOf('carl@school.test');
  const browser = await school.browserOf('carl@school.test');
  const thief = await school.browserOf('thief@school.test');
  const id = (await lost.context()).actor.session.id;
  expect(await endOwnSessions(await thief.context(), { which: { id } })).toEqual({ ended: 0 });
  expect((await lost.context()).actor.email).toBe('carl@school.test');
  const ctx = await browser.context();
  expect(await endOwnSessions(ctx, { which: { id } })).toEqual({ ended: 1 });
  expect(await endOwnSessions(ctx, { which: { id } })).toEqual({ ended: 0 });
  expect(await actorOf(lost.headers, new Date())).toEqual({ kind: 'guest' });
  await expect(endOwnSessions(ctx, { which: { id: 'x' } })).rejects.toMatchObject({ code: 'not-found' });
});

test('everywhere else, or everywhere', async () => {
  await school.make('dora@school.test');
  const [one, two] = [await school.browserOf('dora@school.test'), await school.browserOf('dora@school.test')];
  const browser = await school.browserOf('dora@school.test');
  expect(await endOwnSessions(await browser.context(), { which: 'others' })).toEqual({ ended: 2 });
  for (const gone of [one, two]) expect(await actorOf(gone.headers, new Date())).toEqual({ kind: 'guest' });
  const ctx = await browser.context();
  expect(await endOwnSessions(ctx, { which: 'everywhere' })).toEqual({ ended: 1 });
  expect(await actorOf(browser.headers, new Date())).toEqual({ kind: 'guest' });
  const { rows } = await school.database.owner.query(
    "select after->>'sessions' as ended from audit_log where actor_id = $1 order by sequence",
    [ctx.actor.id],
  );
  expect(rows).toEqual([{ ended: '2' }, { ended: '1' }]);
});

test('a guest has no sessions, and an admin who acts as somebody ends none', async () => {
  await expect(ownSessions(school.asGuest())).rejects.toMatchObject({ code: 'sign-in-required' });
  const { id } = await school.make('helper@school.test', { role: 'ADMIN' });
  await school.make('helped@school.test');
  const ctx = await (await school.browserOf('helped@school.test')).context();
  const acting = { ...ctx, actor: { ...ctx.actor, session: { ...ctx.actor.session, impersonator: { id, name: 'Ines' } } } };
  await expect(endOwnSessions(acting, { which: 'others' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('a request asks one statement who it is from, a guest’s none', async () => {
  await school.make('eve@school.test');
  const browser = await school.browserOf('eve@school.test');
  expect(await statementsOf(() => actorOf(browser.headers, new Date()))).toHaveLength(1);
  expect(await statementsOf(() => actorOf(new Headers({ cookie: 'theme=dark' }), new Date()))).toEqual([]);
  expect(await statementsOf(() => actorOf(new Headers({ cookie: 'lyceum.session_token=forged.x' }), new Date()))).toEqual([]);
});
