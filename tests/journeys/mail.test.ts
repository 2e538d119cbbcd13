import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, visit } from '../support/browser.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { emptyDataDir, lyceum, type School, startSchool } from '../support/school.ts';
import { admin, headingIs, reloadUntilVisible, send } from '../support/steps.ts';

let browser: Browser;
let school: School | undefined;
let smtp: MailServer | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  await school?.stop();
  await smtp?.close();
  school = undefined;
  smtp = undefined;
});
afterAll(() => browser?.close());

const recipient = { email: 'ada@school.test', name: 'Ada Lovelace' };

async function signIn(running: School, javaScriptEnabled = true) {
  const visitor = await visit(browser, running.baseUrl, { javaScriptEnabled });
  await visitor.page.goto('/sign-in?next=/admin/mail');
  await send(visitor, admin);
  await headingIs(visitor, 'Mail');
  return visitor;
}

/** Somebody signs up, so that the school has a mail to send. */
async function signUp({ baseUrl }: School): Promise<void> {
  const body = new URLSearchParams({ ...recipient, password: 'eleven quiet green lamps' });
  const answer = await fetch(`${baseUrl}/sign-up?/signUp`, { method: 'POST', headers: { origin: baseUrl }, body, redirect: 'manual' });
  expect(answer.status).toBeLessThan(400);
}

test('an admin sees what every mail looks like, on a desk, on a phone and as text, where it can run nothing', async () => {
  school = await startSchool({ words: ['--empty'], led: true });
  const visitor = await signIn(school);
  const { page } = visitor;
  await page.getByRole('link', { name: 'What the mails look like' }).click();
  await headingIs(visitor, 'What the mails look like');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Choose a new password' }).click();
  await headingIs(visitor, 'Choose a new password');
  await expectAccessible(page);
  for (const frame of await page.locator('iframe').all()) {
    expect(await frame.getAttribute('sandbox')).not.toContain('allow-scripts');
    const link = frame.contentFrame().getByRole('link', { name: 'Choose a new password' });
    expect(await link.getAttribute('href')).toBe('https://school.example/reset-password?token=example');
  }
  expect(await page.locator('pre').innerText()).toContain('https://school.example/reset-password?token=example');
  const framed = await page.request.get('/admin/mail/previews/accounts.resetPassword/html');
  expect(framed.headers()['content-security-policy']).toMatch(/^sandbox (?!.*allow-scripts).*default-src 'none'/);
  await visitor.close();
});

test.each([true, false])('a mail that was refused for good says why, and an admin has it sent again (scripts: %s)', async (scripts) => {
  let isKnown = false;
  smtp = await startMailServer({
    onRcptTo: (_address, _session, done) => done(isKnown ? null : Object.assign(new Error('No such person'), { responseCode: 550 })),
  });
  school = await startSchool({ words: ['--empty'], led: true, environment: { SMTP_URL: smtp.url } });
  await signUp(school);
  const visitor = await signIn(school, scripts);
  const { page } = visitor;
  const line = page.locator('li a').filter({ hasText: recipient.email }).filter({ hasText: 'Failed' });
  await reloadUntilVisible(page, line);
  await line.click();
  await headingIs(visitor, 'Confirm your e-mail address');
  await page.getByText('No such person').waitFor();
  const shown = await page.frameLocator('iframe').getByRole('link').first().getAttribute('href');
  expect(shown).toMatch(/^http.*\?token=/);
  expect(await page.locator('pre').innerText()).toContain(shown);
  if (scripts) await expectAccessible(page);
  isKnown = true;
  const again = page.getByRole('button', { name: 'Send it again' });
  await again.click();
  await again.waitFor({ state: 'detached' });
  const gone = page.getByText('Its words are gone');
  await reloadUntilVisible(page, gone);
  expect(await page.getByText('Sent', { exact: true }).isVisible()).toBe(true);
  expect(smtp.deliveries.map(({ recipients }) => recipients)).toEqual([[recipient.email]]);
  await page.goto('/admin/audit');
  await page.getByText('Ines Okafor sent a mail again (accounts.verifyEmail)').waitFor();
  if (scripts) await expectAccessible(page);
  await visitor.close();
});

test('a school killed after the mail server took a mail and before it wrote that down sends it once more, as the same mail', async () => {
  const dataDir = await emptyDataDir();
  const ids: (string | undefined)[] = [];
  smtp = await startMailServer({
    onMail: ({ email }, count) => {
      ids.push(email.messageId);
      if (count === 1) school?.process.kill('SIGKILL');
      return undefined;
    },
  });
  const environment = { SMTP_URL: smtp.url };
  school = await startSchool({ dataDir, words: ['--empty'], environment });
  await signUp(school);
  await expect.poll(() => ids.length, { timeout: 30_000 }).toBe(1);
  await school.stop();
  school = await startSchool({ dataDir, words: ['--empty'], environment });
  await expect.poll(() => ids.length, { timeout: 60_000 }).toBe(2);
  expect(ids[1]).toBe(ids[0]);
  const examination = await lyceum(['doctor', '--json'], { DATA_DIR: dataDir, ...environment });
  expect(examination.output).toContain('"isHealthy": true');
});
