import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeRole, closePerson, setPassword, suspendPerson } from '#features/accounts/index.server.ts';
import { systemContext } from '#platform/runtime.server.ts';
import { attempt, browserAt, mailedLink, openTarget, password, signedIn, type Target, whoIs } from './target.ts';

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

const name = 'lyceum.session_token';
const newPassword = 'eleven quiet green lamps';

describe('a session that was planted before sign-in', () => {
  test('with a token that the attacker made up is not adopted', async () => {
    await target.make('victim@school.test');
    const seal = createHmac('sha256', 'guess').update('planted').digest('base64');
    for (const planted of ['planted', `planted.${seal}`, encodeURIComponent(`planted.${seal}`)]) {
      const browser = browserAt(target);
      browser.cookies.set(name, planted);
      await signedIn(target, 'victim@school.test', browser);
      expect(browser.cookies.get(name)).not.toContain('planted');
      expect(await whoIs(target, `${name}=${planted}`)).toBeNull();
      expect(await whoIs(target, browser.cookie())).toBe('victim@school.test');
    }
  });

  test('with the attacker’s own session is not adopted, and gives the attacker nothing', async () => {
    await target.make('mallory@school.test');
    const attacker = await signedIn(target, 'mallory@school.test');
    const planted = attacker.cookie();
    const victim = browserAt(target);
    victim.cookies.set(name, attacker.cookies.get(name) ?? '');
    await victim.post('/sign-out');
    await signedIn(target, 'victim@school.test', victim);
    expect(victim.cookies.get(name)).not.toBe(attacker.cookies.get(name));
    expect(await whoIs(target, planted)).not.toBe('victim@school.test');
    const again = browserAt(target);
    again.cookies.set(name, (await signedIn(target, 'mallory@school.test')).cookies.get(name) ?? '');
    const before = again.cookie();
    await again.post('/sign-in?/signIn', { email: 'victim@school.test', password });
    expect(again.cookie()).not.toBe(before);
    expect(await whoIs(target, before)).not.toBe('victim@school.test');
  });

  test('every sign-in begins with a token of its own', async () => {
    const tokens = await Promise.all([1, 2, 3].map(async () => (await signedIn(target, 'victim@school.test')).cookies.get(name)));
    expect(new Set(tokens).size).toBe(3);
  });

  test('a changed token, a changed seal and a seal for another token open nothing', async () => {
    const [one, two] = [await signedIn(target, 'victim@school.test'), await signedIn(target, 'victim@school.test')];
    const parts = [one, two].map((browser) => decodeURIComponent(browser.cookies.get(name) ?? '').split('.'));
    const [[token = '', seal = ''] = [], [, otherSeal = ''] = []] = parts;
    for (const value of [`${token}x.${seal}`, `${token}.${otherSeal}`, token, `${token}.`, `.${seal}`, `${token}.${seal.slice(0, -4)}`])
      expect([value, await whoIs(target, `${name}=${encodeURIComponent(value)}`)]).toEqual([value, null]);
  });
});

describe('a cookie that was copied from a browser is worthless', () => {
  /** Somebody's browser, and what a thief copied from it. */
  async function robbed(email: string) {
    const id = await target.make(email);
    const browser = await signedIn(target, email);
    const stolen = browser.cookie();
    expect(await whoIs(target, stolen)).toBe(email);
    return { id, browser, stolen };
  }

  test('once its person has signed out, however often it is sent', async () => {
    const { browser, stolen } = await robbed('out@school.test');
    expect((await browser.post('/sign-out')).status).toBe(303);
    expect(browser.cookies.has(name)).toBe(false);
    for (let time = 0; time < 3; time += 1) expect(await whoIs(target, stolen)).toBeNull();
  });

  test('once its person has changed the password, in the same browser and in all others', async () => {
    const { browser, stolen } = await robbed('changed@school.test');
    const other = (await signedIn(target, 'changed@school.test')).cookie();
    const form = { oldPassword: password, password: newPassword, endOthers: 'on' };
    expect((await browser.post('/settings/security?/changePassword', form)).status).toBe(303);
    expect(await whoIs(target, browser.cookie())).toBe('changed@school.test');
    for (const cookie of [stolen, other]) expect(await whoIs(target, cookie)).toBeNull();
  });

  test('once the password was set anew by a mailed link', async () => {
    const { stolen } = await robbed('reset@school.test');
    const guest = browserAt(target);
    await guest.post('/forgot-password?/request', { email: 'reset@school.test' });
    const link = await mailedLink(target, 'accounts.resetPassword', 'reset@school.test');
    expect((await guest.post(`${link.pathname}${link.search}&/choose`, { password: newPassword })).status).toBe(303);
    expect(await whoIs(target, stolen)).toBeNull();
  });

  test('once the password was set anew by the school', async () => {
    const { stolen } = await robbed('set@school.test');
    await setPassword(systemContext(), { email: 'set@school.test', password: newPassword });
    expect(await whoIs(target, stolen)).toBeNull();
  });

  test('once its person has signed out everywhere, from any browser', async () => {
    const { stolen } = await robbed('everywhere@school.test');
    const another = await signedIn(target, 'everywhere@school.test');
    await another.post('/settings/security?/signOutEverywhere');
    for (const cookie of [stolen, another.cookie()]) expect(await whoIs(target, cookie)).toBeNull();
  });

  test('once its person is suspended', async () => {
    const { id, stolen } = await robbed('suspended@school.test');
    await suspendPerson(systemContext(), { id, reason: 'Spam' });
    expect(await whoIs(target, stolen)).toBeNull();
  });

  test('once its person is marked as suspended, even while the session’s row is there', async () => {
    const { id, stolen } = await robbed('marked@school.test');
    await target.owner.query('update users set banned = true where id = $1', [id]);
    expect(await whoIs(target, stolen)).toBeNull();
  });

  test('once its person has closed the account', async () => {
    const { id, stolen } = await robbed('closed@school.test');
    expect(await closePerson(systemContext(), id)).toEqual({ kind: 'closed' });
    expect(await whoIs(target, stolen)).toBeNull();
  });

  test('once its time is over', async () => {
    const { id, stolen } = await robbed('over@school.test');
    await target.owner.query("update sessions set expires_at = now() - interval '1 second' where user_id = $1", [id]);
    expect(await whoIs(target, stolen)).toBeNull();
  });
});

test('who is no admin any more is none in the next request, with the session of before', async () => {
  await target.make('keeper@school.test', { role: 'ADMIN' });
  const id = await target.make('demoted@school.test', { role: 'ADMIN' });
  const browser = await signedIn(target, 'demoted@school.test');
  expect((await browser.get('/admin/mail')).status).toBe(200);
  await changeRole(systemContext(), { id, role: 'STUDENT' });
  expect((await browser.get('/admin/mail')).status).not.toBe(200);
});

test('the session’s cookie is for the school’s own address, for no script, and for no other site’s requests', async () => {
  const answer = await attempt(target, '/sign-in?/signIn', {
    method: 'POST',
    headers: { origin: target.origin },
    body: new URLSearchParams({ email: 'victim@school.test', password, remember: 'on' }),
  });
  const session = answer.setCookies.filter((line) => line.startsWith(name));
  expect(session).toHaveLength(1);
  expect(session[0]).toMatch(/; HttpOnly/i);
  expect(session[0]).toMatch(/; SameSite=Lax/i);
  expect(session[0]).toMatch(/; Path=\/(;|$)/i);
  expect(session[0]).not.toMatch(/; Domain=/i);
  // The browser would throw it away on plain http.
  expect(session[0]).not.toMatch(/; Secure/i);
});
