import type { Browser, Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '#platform/ports.server.ts';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { type OpenIdProvider, startOpenIdProvider } from '../support/openid-provider.ts';
import { type School, startSchool } from '../support/school.ts';
import { admin, headingIs, mailedLink, send } from '../support/steps.ts';

const clerkSecret = `whsec_${Buffer.from('a key that the test has made up').toString('base64')}`;

let browser: Browser;
let campus: OpenIdProvider;
let school: School;

beforeAll(async () => {
  const port = await freePort();
  campus = await startOpenIdProvider(`http://localhost:${port}`);
  const environment = { ...campus.settings, CLERK_WEBHOOK_SECRET: clerkSecret, PORT: String(port) };
  const [launched, started] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'], led: true, environment })]);
  browser = launched;
  school = { ...started, baseUrl: `http://localhost:${port}` };
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
  await campus?.stop();
});

/** At the provider: says who they are, or goes back. */
async function atCampus({ page }: Visitor, login: string | null): Promise<void> {
  await page.getByRole('heading', { name: 'Campus', exact: true }).waitFor();
  if (login) await page.fill('[name=login]', login);
  await page.getByRole('button', { name: login ? 'Log in' : 'Refuse' }).click();
}

const continueWithCampus = ({ page }: Visitor) => page.getByRole('button', { name: 'Continue with Campus' }).click();
const pathOf = (page: Page) => new URL(page.url()).pathname;
const isAt = ({ page }: Visitor, path: string) => page.waitForURL((url) => url.pathname === path);

async function signOut(visitor: Visitor): Promise<void> {
  await visitor.page.goto('/sign-out');
  await send(visitor, {});
  await isAt(visitor, '/');
}

describe.each([
  ['with scripts', true],
  ['without scripts', false],
] as const)('%s', (_, javaScriptEnabled) => {
  const expectFit = (page: Page) => (javaScriptEnabled ? expectAccessible(page) : undefined);
  const [mira, ada] = javaScriptEnabled ? ['mira', 'ada'] : ['milo', 'abe'];

  test('someone signs up by a provider, signs out, and comes in again to where they were heading', async () => {
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    await visitor.page.goto('/sign-up');
    await expectFit(visitor.page);
    await continueWithCampus(visitor);
    await atCampus(visitor, mira);
    await isAt(visitor, '/dashboard');

    await signOut(visitor);
    await visitor.page.goto('/settings/connections');
    await headingIs(visitor, 'Sign in');
    await expectFit(visitor.page);
    await continueWithCampus(visitor);
    // The provider knows them still.
    await isAt(visitor, '/settings/connections');
    await headingIs(visitor, 'Connected accounts');
    await expectFit(visitor.page);
    await visitor.page.getByRole('main').getByText(`${mira}@campus.test`).waitFor();
    await visitor.page.getByText('Your only way in').waitFor();
    await visitor.close();
  });

  test('someone with an account connects it, comes in by it, and disconnects it', async () => {
    const email = `${ada}@school.test`;
    const password = 'eleven quiet green lamps';
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = visitor;
    await page.goto('/sign-up?next=/settings/connections');
    await send(visitor, { name: 'Ada Lovelace', email, password });
    await headingIs(visitor, 'Look into your mailbox');
    await page.goto(await mailedLink(browser, school, { to: email, subject: 'Confirm your e-mail address' }));
    await send(visitor, {});

    await headingIs(visitor, 'Connected accounts');
    await page.getByRole('button', { name: 'Connect Campus' }).click();
    await atCampus(visitor, ada);
    await page.getByText('Campus is connected').waitFor();
    await page.getByRole('main').getByText(`${ada}@campus.test`).waitFor();
    await expectFit(page);

    await signOut(visitor);
    await page.goto('/sign-in');
    await continueWithCampus(visitor);
    await isAt(visitor, '/dashboard');

    await page.goto('/settings/connections');
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await expectFit(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('It no longer opens your account').waitFor();

    await signOut(visitor);
    await page.goto('/sign-in');
    await continueWithCampus(visitor);
    await isAt(visitor, '/dashboard');
    // Someone else now: the provider's own address had no account.
    await page.goto('/settings/connections');
    await page.getByText('Your only way in').waitFor();
    await visitor.close();
  });

  test('someone who goes back at the provider, or whose address has an account, is told what to do', async () => {
    const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
    campus.people.double = { email: admin.email };
    await visitor.page.goto('/sign-in?next=/courses');
    await continueWithCampus(visitor);
    await atCampus(visitor, null);
    await headingIs(visitor, 'Nothing has changed');
    await expectFit(visitor.page);
    await visitor.page.getByRole('button', { name: 'Try Campus again' }).click();
    await atCampus(visitor, 'double');
    await headingIs(visitor, 'You have an account already');
    await expectFit(visitor.page);
    expect(visitor.page.url()).not.toContain('code=');
    await visitor.page.getByRole('link', { name: 'Sign in and connect Campus' }).click();
    await headingIs(visitor, 'Sign in');
    await send(visitor, admin);
    await isAt(visitor, '/settings/connections');
    await visitor.page.getByRole('button', { name: 'Connect Campus' }).waitFor();
    await visitor.close();
  });
});

test('an answer that another browser fetched, or that is used again, opens nothing', async () => {
  const [mallory, victim] = await Promise.all([visit(browser, school.baseUrl), visit(browser, school.baseUrl)]);
  let question = '';
  await mallory.page.route(`${campus.issuer}/auth?*`, (route) => {
    question = route.request().url();
    return route.fulfill({ body: 'Mallory goes on by other means' });
  });
  await mallory.page.goto('/sign-in');
  await continueWithCampus(mallory);
  await mallory.page.getByText('by other means').waitFor();
  const answer = (await campus.answerTo(question, 'mallory')).href;

  await victim.page.goto(answer);
  await headingIs(victim, 'Please start again');
  await victim.page.goto('/dashboard');
  expect(pathOf(victim.page)).toBe('/sign-in');

  await mallory.page.goto(answer);
  await isAt(mallory, '/dashboard');
  await signOut(mallory);
  await mallory.page.goto(answer);
  await headingIs(mallory, 'Please start again');
  await Promise.all([mallory.close(), victim.close()]);
});

test('the browser’s way back from the provider leads to the page before, and not into the provider again', async () => {
  const visitor = await visit(browser, school.baseUrl);
  await visitor.page.goto('/sign-in');
  await continueWithCampus(visitor);
  await visitor.page.getByRole('heading', { name: 'Campus', exact: true }).waitFor();
  await visitor.page.goBack();
  await headingIs(visitor, 'Sign in');
  await visitor.close();
});

test('Clerk’s webhook takes what Clerk signed, without a browser’s origin, and no more than a report can be', async () => {
  const deliver = (body: string, signature: (at: Date) => string) => {
    const at = new Date();
    const headers = {
      'content-type': 'application/json',
      'svix-id': 'msg_journey',
      'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
      'svix-signature': signature(at),
    };
    return fetch(`${school.baseUrl}/webhooks/clerk`, { method: 'POST', headers, body }).then(({ status }) => status);
  };
  const body = JSON.stringify({ type: 'user.deleted', data: { id: 'user_unknown', object: 'user', deleted: true } });
  expect(await deliver(body, (at) => new Webhook(clerkSecret).sign('msg_journey', at, body))).toBe(204);
  expect(await deliver(body, () => 'v1,made-up')).toBe(401);
  expect(await deliver('x'.repeat(600_000), () => 'v1,made-up')).toBe(413);
});
