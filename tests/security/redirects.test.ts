import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, attempt, type Browser, browserAt, mailedLink, openTarget, password, signedIn, type Target } from './target.ts';

let target: Target;
let browser: Browser;

beforeAll(async () => {
  target = await openTarget();
  await target.make('ada@school.test');
  browser = await signedIn(target, 'ada@school.test');
});
afterAll(() => target.close());

const evil = 'evil.example';

/** Ways to write another place so that a careless check takes it for one of the school. */
const elsewhere = [
  `//${evil}`,
  `///${evil}`,
  `/\\${evil}`,
  `\\\\${evil}`,
  `/%5c${evil}`,
  `/%2f${evil}`,
  `/%09/${evil}`,
  `/\t/${evil}`,
  `/\n/${evil}`,
  `/\r\n//${evil}`,
  ` //${evil}`,
  `https://${evil}`,
  `https:${evil}`,
  `https:/${evil}`,
  `HTTPS://${evil}`,
  `//school.test@${evil}`,
  `http://localhost@${evil}`,
  `//${evil}%00.localhost`,
  `/.//${evil}`,
  `/..//${evil}`,
  `/dashboard/..//${evil}`,
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  '\u0001javascript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  `/sign-in?next=//${evil}`,
  `／／${evil}`,
  `/\u2028/${evil}`,
];

/** One of each kind, for ways that take a password or a mail. */
const telling = [`//${evil}`, `/\\${evil}`, `/%5c${evil}`, `/\t/${evil}`, `https:${evil}`, `/.//${evil}`, 'javascript:alert(1)'];

/** Where a `Location` or a link leads a browser that stands on a page of the school. */
function hostOf(link: string): string {
  return URL.canParse(link, target.origin) ? new URL(link, target.origin).origin : 'nowhere';
}

/** Fails when an answer leads out of the school, by a redirect or by a link or form on its page. */
function expectHome(answer: Answer, way: string): void {
  expect([way, answer.status < 500]).toEqual([way, true]);
  if (answer.location) expect([way, answer.location, hostOf(answer.location)]).toEqual([way, answer.location, target.origin]);
  for (const [, link = ''] of answer.body.matchAll(/(?:href|action|formaction)="([^"]*)"/g)) {
    const plain = link.replaceAll('&amp;', '&');
    if (!/^(mailto:|tel:)/.test(plain)) expect([way, plain, hostOf(plain)]).toEqual([way, plain, target.origin]);
  }
}

/** Every file of the routes that reads a place from an address or a form. Each is tried below. */
const places = [
  '(auth)/after-sign-in.ts',
  '(auth)/magic-link/+page.server.ts',
  '(auth)/sign-in/with/[provider]/+page.server.ts',
  '(auth)/sign-up/+page.server.ts',
  '(auth)/verify-email/+page.server.ts',
  'settings/confirm/+page.server.ts',
  'theme/+server.ts',
  'wishlist/+page.server.ts',
];

test('each place that leads on to an address it was given is tried here, and asks whether the address is the school’s', () => {
  const found = globSync('src/routes/**/*.{ts,svelte}').filter(
    (file) => !file.endsWith('.test.ts') && /get\(\s*['"](next|returnTo|redirect|url|to|continue)['"]/.test(readFileSync(file, 'utf8')),
  );
  expect(found.map((file) => file.replace('src/routes/', '')).sort()).toEqual(places);
  expect(found.filter((file) => !readFileSync(file, 'utf8').includes('localPath('))).toEqual([]);
});

const guestPages = [
  '/sign-in',
  '/sign-up',
  '/magic-link',
  '/forgot-password',
  '/verify-email',
  '/sign-in/second-step',
  '/sign-in/with/google',
];
const ownPages = ['/sign-in', '/sign-up', '/magic-link', '/settings/confirm', '/sign-in/second-step'];

describe('?next= never leads out of the school', () => {
  test.each(guestPages)('on %s for a guest', async (page) => {
    for (const next of elsewhere) expectHome(await attempt(target, `${page}?next=${encodeURIComponent(next)}`), next);
  });

  test.each(ownPages)('on %s for someone signed in', async (page) => {
    for (const next of elsewhere) expectHome(await browser.get(`${page}?next=${encodeURIComponent(next)}`), next);
  });

  test('where it comes twice, or is sent as it is', async () => {
    for (const query of [
      `next=/courses&next=//${evil}`,
      `next=//${evil}&next=/courses`,
      `next=//${evil}`,
      `next[]=//${evil}`,
      `NEXT=//${evil}`,
    ])
      expectHome(await browser.get(`/sign-in?${query}`), query);
  });

  test('after signing in', async () => {
    for (const next of telling) {
      await target.owner.query('truncate rate_limits');
      const guest = browserAt(target);
      const answer = await guest.post(`/sign-in?/signIn&next=${encodeURIComponent(next)}`, { email: 'ada@school.test', password });
      expect([next, answer.status]).toEqual([next, 303]);
      expectHome(answer, next);
    }
  });

  test('after confirming who one is', async () => {
    for (const next of telling) {
      await target.owner.query('truncate rate_limits');
      const answer = await browser.post(`/settings/confirm?/confirm&next=${encodeURIComponent(next)}`, { password });
      expect([next, answer.status]).toEqual([next, 303]);
      expectHome(answer, next);
    }
  });

  test('after choosing colors', async () => {
    for (const next of elsewhere) {
      const answer = await browser.post('/theme', { theme: 'dark', returnTo: next });
      expect([next, answer.status]).toEqual([next, 303]);
      expectHome(answer, next);
    }
  });

  test('after a wish', async () => {
    for (const next of elsewhere) {
      const answer = await browser.post('/wishlist?/remove', { slug: 'nothing', returnTo: next });
      expect([next, answer.status]).toEqual([next, 303]);
      expectHome(answer, next);
    }
  });

  test('in the link of a mail, nor after it', async () => {
    for (const [index, next] of telling.entries()) {
      await target.owner.query('truncate rate_limits');
      const email = `new${index}@school.test`;
      const guest = browserAt(target);
      await guest.post(`/sign-up?/signUp&next=${encodeURIComponent(next)}`, { name: 'Ada', email, password });
      const link = await mailedLink(target, 'accounts.verifyEmail', email);
      expect(link.origin).toBe(target.origin);
      link.searchParams.set('next', next);
      expectHome(await guest.get(link.pathname + link.search), next);
      const answer = await guest.post(`${link.pathname}?/confirm&${link.searchParams}`);
      expect([next, answer.status]).toEqual([next, 303]);
      expectHome(answer, next);
    }
  });

  test('after the link that signs in', async () => {
    for (const next of telling) {
      await target.owner.query('truncate rate_limits');
      await target.owner.query("delete from email_messages where kind = 'accounts.signInLink'");
      const guest = browserAt(target);
      await guest.post(`/magic-link?/request&next=${encodeURIComponent(next)}`, { email: 'ada@school.test' });
      const link = await mailedLink(target, 'accounts.signInLink', 'ada@school.test');
      expect(link.origin).toBe(target.origin);
      link.searchParams.set('next', next);
      const answer = await guest.post(`${link.pathname}?/signIn&${link.searchParams}`);
      expect([next, answer.status]).toEqual([next, 303]);
      expectHome(answer, next);
    }
  });

  test('while a place of the school is led to', async () => {
    const guest = browserAt(target);
    const answer = await guest.post('/sign-in?/signIn&next=%2Fcourses%3Flevel%3Dbeginner', { email: 'ada@school.test', password });
    expect(answer.location).toBe('/courses?level=beginner');
  });
});

test('who was signed out before a form arrived comes back to its page, and to no deed', async () => {
  for (const [posted, page] of [
    ['/settings/profile?/save', '/settings/profile'],
    ['/notes?/edit&search=types', '/notes?search=types'],
  ] as const) {
    const answer = await attempt(target, posted, {
      method: 'POST',
      headers: { origin: target.origin },
      body: new URLSearchParams({ name: 'Ada' }),
    });
    expect(new URL(answer.location, target.origin).searchParams.get('next')).toBe(page);
  }
});
