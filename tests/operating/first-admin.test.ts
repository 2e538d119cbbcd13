import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { look } from '../journeys/looks/walk.ts';
import { launchBrowser, visit } from '../support/browser.ts';
import { type School, startSchool } from '../support/school.ts';
import { startServer } from '../support/server.ts';

let server: EmbeddedPostgres;
let environment: Record<string, string>;
beforeAll(async () => {
  server = await startServer();
  environment = {
    DATABASE_URL: server.ownerUrl,
    HOST: '127.0.0.1',
    SECRET: 'a secret for tests that has more than 32 characters',
  };
});
afterAll(async () => {
  await server.stop();
});

const linkIn = (output: string) => /^ {2}Make its first admin at (\S+)$/m.exec(output)?.[1];

/** The link that a school prints once it is ready. */
async function linkOf(school: School): Promise<string> {
  await expect.poll(() => linkIn(school.output()), { timeout: 10_000 }).toBeDefined();
  return linkIn(school.output()) ?? '';
}

const makeAdmin = (baseUrl: string, link: string, email: string) =>
  fetch(`${link}&/make`, {
    method: 'POST',
    headers: { origin: baseUrl, accept: 'text/html' },
    body: new URLSearchParams({ name: 'Ines Okafor', email, password: 'lakes and nine tin boats' }),
    redirect: 'manual',
  });

/** The page opens only here, where nobody is admin yet. */
async function expectLooksFit(link: string): Promise<void> {
  const browser = await launchBrowser();
  const { page, close } = await visit(browser, link);
  await page.goto(link);
  await look(page);
  await close();
  await browser.close();
}

test('a school without an admin says where the first is made; two processes say the same; of two visitors one becomes it', async () => {
  const [school, other] = [await startSchool({ environment }), await startSchool({ environment })];
  const [link, otherLink] = [await linkOf(school), await linkOf(other)];
  expect(link).toMatch(/^http:\/\/localhost:\d+\/first-admin\?token=[\w-]{43}$/);
  expect(new URL(otherLink).search).toBe(new URL(link).search);
  await expect.poll(() => school.output()).toContain(`"msg":"The school has no admin yet. Make the first at ${link}"`);

  expect((await fetch(`${school.baseUrl}/first-admin`)).status).toBe(404);
  expect((await fetch(`${school.baseUrl}/first-admin?token=guess`)).status).toBe(404);
  expect((await fetch(link)).status).toBe(200);
  await expectLooksFit(link);

  const answers = await Promise.all([
    makeAdmin(school.baseUrl, link, 'ines@school.test'),
    makeAdmin(other.baseUrl, otherLink, 'eve@school.test'),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 404]);
  const won = answers.find(({ status }) => status === 303);
  expect(won?.headers.get('location')).toBe('/admin');
  const cookie =
    won?.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ') ?? '';
  // Signed in with one process, they are known to both.
  for (const { baseUrl } of [school, other]) expect((await fetch(`${baseUrl}/admin`, { headers: { cookie } })).status).toBe(200);
  for (const place of [link, otherLink]) expect((await fetch(place)).status).toBe(404);
  await Promise.all([school.stop(), other.stop()]);

  const again = await startSchool({ environment });
  await again.stop();
  expect(linkIn(again.output())).toBeUndefined();
  expect(again.output()).not.toContain('first-admin?token');
});
