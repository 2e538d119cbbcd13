import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '../support/accessible.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { furnish } from '../support/furnish.ts';
import { type School, startSchool } from '../support/school.ts';
import { admin, headingIs, mailedLink, send } from '../support/steps.ts';

let browser: Browser;
let school: School;
const password = 'eleven quiet green lamps';

beforeAll(async () => {
  [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'], led: true })]);
  const people = ['script', 'plain'].flatMap((tag) => [
    { email: `vera@${tag}.test`, name: 'Vera Holm', password },
    { email: `wanda@${tag}.test`, name: 'Wanda Lis', password },
    { email: `yusuf@${tag}.test`, name: `Yusuf ${tag}`, password },
  ]);
  await furnish(school, { people });
});
afterAll(async () => {
  await browser?.close();
  await school?.stop();
});

async function signedIn(person: { email: string; password: string }, path: string, javaScriptEnabled = true): Promise<Visitor> {
  const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
  await visitor.page.goto(`/sign-in?next=${encodeURIComponent(path)}`);
  await send(visitor, person);
  await visitor.page.waitForURL((url) => url.pathname + url.search === path);
  return visitor;
}

/** Presses a button that asks, and answers the question. */
async function doAndConfirm(page: Page, deed: string, answer: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: deed, exact: true }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: answer, exact: true }).click();
}

describe.each([
  ['with scripts', true],
  ['without scripts', false],
] as const)('%s', (_, javaScriptEnabled) => {
  const expectFit = (page: Page) => (javaScriptEnabled ? expectAccessible(page) : undefined);
  const tag = javaScriptEnabled ? 'script' : 'plain';

  test('an admin brings people in by a file, after seeing what would become of each row, and an invited one chooses a password', async () => {
    const visitor = await signedIn(admin, '/admin/users/import', javaScriptEnabled);
    const { page } = visitor;
    const file = {
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        `\uFEFFusername;firstname;lastname;email;course1\n${tag}.uma;Uma;Thorsen;uma@${tag}.test;math\n;;;nameless@${tag}.test;\n;Olaf;Berg;olaf@${tag}.test;\n`,
      ),
    };
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.locator('#file-error').waitFor();
    await page.setInputFiles('[name=file]', file);
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('heading', { name: 'What would happen' }).waitFor();
    await page.getByText('2 accounts would be made. 1 row cannot be taken.').waitFor();
    await page.getByText('The name is missing.').waitFor();
    await expectFit(page);
    // A browser without scripts has forgotten the file.
    if (!javaScriptEnabled) await page.setInputFiles('[name=file]', file);
    await page.getByRole('button', { name: 'Make 2 accounts' }).click();
    await page.getByText('2 accounts are made.').waitFor();
    await visitor.close();

    const invited = await visit(browser, school.baseUrl, { javaScriptEnabled });
    await invited.page.goto(await mailedLink(browser, school, { to: `uma@${tag}.test`, subject: 'There is an account for you' }));
    await send(invited, { password });
    await headingIs(invited, 'Sign in');
    await send(invited, { email: `uma@${tag}.test`, password });
    await invited.page.waitForURL((url) => url.pathname === '/dashboard');
    await invited.close();
  });

  test('an admin finds somebody, takes the list along, suspends them with a reason and lets them in again', async () => {
    const email = `vera@${tag}.test`;
    const visitor = await signedIn(admin, '/admin/users', javaScriptEnabled);
    const { page } = visitor;
    await expectFit(page);
    await page.fill('[name=search]', `vera ${tag}`);
    // With scripts the list follows what is typed.
    if (!javaScriptEnabled) await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL((url) => url.searchParams.get('search') === `vera ${tag}`);
    await page.locator('main a[href*="search=vera"]', { hasText: 'Export' }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export' }).click()]);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv.trim().split('\r\n')).toEqual(['username,name,email,role,state,joined,lastseen', expect.stringContaining(email)]);

    await page.getByRole('link', { name: /Vera Holm/ }).click();
    await headingIs(visitor, 'Vera Holm');
    await expectFit(page);
    await doAndConfirm(page, 'Suspend', 'Suspend');
    await page.locator('#reason-error').waitFor();
    await page.fill('[name=reason]', 'Advertising, after two warnings.');
    await page.fill('[name=lastDay]', '2099-12-24');
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click();
    await page.getByText('Suspended until the end of Dec 24, 2099').waitFor();
    await expectFit(page);

    const vera = await visit(browser, school.baseUrl, { javaScriptEnabled });
    await vera.page.goto('/sign-in');
    await send(vera, { email, password });
    await vera.page.getByRole('alert').getByText('suspended').waitFor();

    await doAndConfirm(page, 'Lift suspension', 'Lift the suspension');
    await page.getByText('They may come in again.').waitFor();
    await send(vera, { email, password });
    await vera.page.waitForURL((url) => url.pathname === '/dashboard');
    vera.complaints.length = 0; // The browser calls a refused sign-in an error.
    await vera.close();
    await visitor.close();
  });

  test('an admin sees the school as a student does, under a banner on every page, and comes back', async () => {
    const visitor = await signedIn(admin, `/admin/users?search=wanda+${tag}`, javaScriptEnabled);
    const { page } = visitor;
    await page.getByRole('link', { name: /Wanda Lis/ }).click();
    await headingIs(visitor, 'Wanda Lis');
    const place = new URL(page.url()).pathname;
    await doAndConfirm(page, 'Act as them', 'Act as Wanda Lis');
    await headingIs(visitor, 'Welcome, Wanda Lis');
    const banner = page.getByRole('complementary', { name: 'You are acting as somebody else' });
    await expect.poll(() => banner.innerText()).toContain('You are acting as Wanda Lis');
    await expectFit(page);
    await page.goto('/courses');
    await banner.waitFor();
    expect((await page.goto('/admin/users'))?.status()).toBe(403);
    visitor.complaints.length = 0; // The browser calls the closed door an error.
    await page.getByRole('button', { name: 'Stop acting as Wanda Lis' }).click();
    await page.waitForURL((url) => url.pathname === place);
    await page.getByText('Ines Okafor stopped acting as Wanda Lis').waitFor();
    await expect.poll(() => banner.count()).toBe(0);
    await visitor.close();
  });

  test('a student asks to teach, an admin approves, and the student is an instructor', async () => {
    const email = `yusuf@${tag}.test`;
    const student = await signedIn({ email, password }, '/settings/teaching', javaScriptEnabled);
    await student.page.fill(
      '[name=message]',
      'I have taught bookbinding for twelve years, and would show how a book is sewn, glued and bound by hand.',
    );
    await student.page.getByRole('button', { name: 'Apply', exact: true }).click();
    await student.page.getByRole('button', { name: 'Withdraw' }).waitFor();

    const visitor = await signedIn(admin, '/admin/applications', javaScriptEnabled);
    const { page } = visitor;
    const application = page.getByRole('article').filter({ hasText: email });
    await expectFit(page);
    await application.getByRole('button', { name: /^Refuse/ }).click();
    await application.locator('.control-error').waitFor();
    await application.getByRole('textbox').fill('Welcome among us.');
    await application.getByRole('button', { name: /^Approve/ }).click();
    await page.getByText('They are an instructor now.').waitFor();
    await expect.poll(() => application.count()).toBe(0);
    await page.goto('/admin/applications?show=answered');
    await application.getByText('“Welcome among us.”').waitFor();
    await expectFit(page);
    await page.goto(`/admin/users?search=yusuf+${tag}`);
    await page.getByRole('cell', { name: 'Instructor' }).waitFor();
    await student.close();
    await visitor.close();
  });
});

test('an admin makes one person by hand, changes their role, and closes the account', async () => {
  const visitor = await signedIn(admin, '/admin/users/new');
  const { page } = visitor;
  await send(visitor, { name: 'Zoe Ash', email: 'nobody' });
  await page.locator('#email-error').waitFor();
  await expectAccessible(page);
  await send(visitor, { email: 'zoe@hand.test' });
  await headingIs(visitor, 'Zoe Ash');
  await page.getByRole('main').getByRole('button', { name: 'Change role' }).first().click();
  await page.getByRole('dialog').getByLabel('Instructor').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Change role' }).click();
  await page.getByText('The role is changed.').waitFor();
  await page.getByText('Ines Okafor changed the role of Zoe Ash from student to instructor').waitFor();
  await doAndConfirm(page, 'Close account', 'Close the account');
  await page.getByText('The account is closed.', { exact: true }).waitFor();
  await headingIs(visitor, 'Former member');
  await expectAccessible(page);
  await visitor.close();
});
