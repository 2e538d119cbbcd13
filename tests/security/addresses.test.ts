import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, attempt, mailedLink, openTarget, password, type Target } from './target.ts';

const publicOrigin = 'https://learn.school.test';
let behindProxy: Target;
let local: Target;

beforeAll(async () => {
  // One after the other: what makes people here is the process's one runtime.
  behindProxy = await openTarget({ ORIGIN: publicOrigin, TRUST_PROXY: '1' });
  await behindProxy.make('ada@school.test');
  local = await openTarget();
  await local.make('ada@school.test');
});
afterAll(async () => {
  await behindProxy.close();
  await local.close();
});

/** Headers by which an attacker, or a careless proxy, tells the school that it has another address. */
const poison = (port = '') => ({
  host: `evil.example${port}`,
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'http',
  'x-forwarded-server': 'evil.example',
  'x-original-host': 'evil.example',
  'x-original-url': '/admin',
  'x-rewrite-url': '/admin',
  'x-host': 'evil.example',
  forwarded: 'host=evil.example;proto=http',
  'x-lyceum-host': 'evil.example',
  'x-lyceum-protocol': 'http',
});

const askFor = (target: Target, headers: Record<string, string>) =>
  attempt(target, '/forgot-password?/request', { method: 'POST', headers, body: new URLSearchParams({ email: 'ada@school.test' }) });

const said = ({ status, location, body, headers }: Answer) => JSON.stringify({ status, location, body, headers });

describe('a school whose address is set', () => {
  test('mails links to that address, whatever the request calls the school', async () => {
    expect((await askFor(behindProxy, { ...poison(), origin: publicOrigin })).status).toBe(200);
    expect((await mailedLink(behindProxy, 'accounts.resetPassword', 'ada@school.test')).origin).toBe(publicOrigin);
  });

  test('takes no form from the address that the request calls its own', async () => {
    for (const origin of ['https://evil.example', 'http://evil.example'])
      expect((await askFor(behindProxy, { ...poison(), origin })).status).toBe(403);
  });

  test('says the attacker’s address nowhere on a page, and leads nobody there', async () => {
    for (const path of ['/', '/courses', '/sign-in', '/dashboard', '/nowhere', '/forgot-password', '/settings']) {
      const answer = await attempt(behindProxy, path, { headers: { ...poison() } });
      expect([path, answer.status < 500, said(answer).includes('evil.example')]).toEqual([path, true, false]);
    }
  });

  test('shows no page of the administration to who asks for it by another header', async () => {
    const answer = await attempt(behindProxy, '/courses', { headers: poison() });
    expect(answer.body).toContain('<h1');
    expect(answer.body).not.toContain('href="/admin/mail"');
  });

  test('gives its cookies to browsers on https alone', async () => {
    const answer = await attempt(behindProxy, '/sign-in?/signIn', {
      method: 'POST',
      headers: { origin: publicOrigin },
      body: new URLSearchParams({ email: 'ada@school.test', password, remember: 'on' }),
    });
    expect(answer.status).toBe(303);
    expect(answer.setCookies.length).toBeGreaterThan(0);
    for (const line of answer.setCookies) {
      expect(line).toMatch(/^__Secure-/);
      expect(line).toMatch(/; Secure/i);
      expect(line).toMatch(/; HttpOnly/i);
      expect(line).toMatch(/; SameSite=Lax/i);
      expect(line).not.toMatch(/; Domain=/i);
    }
    const theme = await attempt(behindProxy, '/theme', {
      method: 'POST',
      headers: { origin: publicOrigin },
      body: new URLSearchParams({ theme: 'dark', returnTo: '/' }),
    });
    expect(theme.setCookies.join()).toMatch(/^theme=dark;.*; Secure/i);
  });

  test('tells browsers to come by https alone', async () => {
    expect((await attempt(behindProxy, '/courses')).headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
    expect((await attempt(local, '/courses')).headers['strict-transport-security']).toBeUndefined();
  });

  test('counts attempts by the machine that its own proxy saw, not by one that the sender makes up', async () => {
    await behindProxy.owner.query('truncate rate_limits');
    for (const made of ['198.51.100.1', '198.51.100.2'])
      await attempt(behindProxy, '/sign-in?/signIn', {
        method: 'POST',
        headers: { origin: publicOrigin, 'x-forwarded-for': `${made}, 203.0.113.9`, 'x-lyceum-address': made, 'x-real-ip': made },
        body: new URLSearchParams({ email: 'nobody@school.test', password }),
      });
    const { rows } = await behindProxy.owner.query<{ key: string; points: number }>(
      "select key, points from rate_limits where key like 'sign-in-from%'",
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ key: expect.stringContaining('203.0.113.9'), points: 2 });
  });
});

describe('a school on this machine, without a set address', () => {
  test('mails links to localhost, whatever the request calls the school', async () => {
    const { port } = new URL(local.school.baseUrl);
    const answer = await askFor(local, { ...poison(`:${port}`), origin: `http://evil.example:${port}` });
    expect(answer.status).toBeLessThan(500);
    await askFor(local, { origin: local.origin });
    const link = await mailedLink(local, 'accounts.resetPassword', 'ada@school.test');
    expect(link.origin).toBe(local.origin);
    const { rows } = await local.owner.query<{ text: string }>('select text from email_messages');
    expect(rows.map(({ text }) => text).join()).not.toContain('evil.example');
  });

  test('believes no proxy', async () => {
    await local.owner.query('truncate rate_limits');
    await attempt(local, '/sign-in?/signIn', {
      method: 'POST',
      headers: { origin: local.origin, 'x-forwarded-for': '198.51.100.1', 'x-lyceum-address': '198.51.100.1' },
      body: new URLSearchParams({ email: 'nobody@school.test', password }),
    });
    const { rows } = await local.owner.query<{ key: string }>("select key from rate_limits where key like 'sign-in-from%'");
    expect(rows.map(({ key }) => key).join()).not.toContain('198.51.100');
    expect(rows).toHaveLength(1);
  });
});
