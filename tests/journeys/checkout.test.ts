import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinEmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { newId } from '#platform/ids.ts';
import { launchBrowser, type Visitor, visit } from '../support/browser.ts';
import { aCourse, aPerson } from '../support/courses.ts';
import { type School, startSchool } from '../support/school.ts';
import { beginSession } from '../support/session.ts';
import { aProductOf, type MadeProduct } from '../support/shop.ts';
import { admin, headingIs, mailedLink, send } from '../support/steps.ts';
import { look } from './looks/walk.ts';

const secret = 'a secret for tests that has more than 32 characters';

let browser: Browser;
let school: School;
let owner: pg.Client;
let product: MadeProduct;
let membership: MadeProduct;
let sketching: MadeProduct;

beforeAll(async () => {
  const starting = startSchool({ words: ['--empty'], led: true, environment: { SECRET: secret, TRUST_PROXY: '1' } });
  [browser, school] = await Promise.all([launchBrowser(), starting]);
  owner = new pg.Client({ connectionString: (await joinEmbeddedPostgres(school.dataDir))?.ownerUrl });
  await owner.connect();
  const course = await aCourse({ owner }, { title: 'Knots worth knowing', slug: 'knots', isFree: false });
  product = await aProductOf({ owner }, { courses: [course], prices: { USD: 4900 } });
  sketching = await aProductOf(
    { owner },
    { courses: [await aCourse({ owner }, { slug: 'sketching', isFree: false })], prices: { USD: 2000 } },
  );
  membership = await aProductOf({ owner }, { type: 'MEMBERSHIP', title: 'Every knot', prices: { USD: 1500 } });
  await owner.query("insert into coupons (id, code, type, value, created_by_id) values ($1, 'TEN-OFF', 'PERCENTAGE', 10, $2)", [
    newId(),
    product.ownerId,
  ]);
  await owner.query("update shop_settings set collects_eu_vat = true, seller_country = 'DE'");
});
afterAll(async () => {
  await browser?.close();
  await owner?.end();
  await school?.stop();
});

const press = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name }).first().click();

async function enter(javaScriptEnabled: boolean): Promise<Visitor> {
  const visitor = await visit(browser, school.baseUrl, { javaScriptEnabled });
  const [name = '', value = ''] = (await beginSession({ owner, secret }, (await aPerson({ owner })).id)).split('=');
  await visitor.context.addCookies([{ name, value, url: school.baseUrl }]);
  return visitor;
}

describe.each([
  ['with scripts', true],
  ['without scripts', false],
] as const)('%s', (_, javaScriptEnabled) => {
  const email = javaScriptEnabled ? 'sam@school.test' : 'kim@school.test';
  // axe needs scripts; the pages are the same.
  const lookAt = (page: Page) => (javaScriptEnabled ? look(page) : undefined);

  test('a stranger fills a cart, makes an account, pays and learns; what is refunded is closed', async () => {
    const buyer = await visit(browser, school.baseUrl, { javaScriptEnabled });
    const { page } = buyer;
    await page.goto('/courses/knots');
    await press(page, 'Add to cart');
    await headingIs(buyer, 'Your cart');
    await page.getByLabel('Coupon').fill('ten-off');
    await press(page, 'Apply');
    await page.getByText('The coupon ten-off applies.').waitFor();
    await lookAt(page);
    await page.getByRole('main').getByRole('link', { name: 'Make one' }).click();

    await headingIs(buyer, 'Make an account');
    await send(buyer, { name: 'Sam Rivers', email, password: 'eleven quiet green lamps' });
    await headingIs(buyer, 'Look into your mailbox');
    await page.goto(await mailedLink(browser, school, { to: email, subject: 'Confirm your e-mail address' }));
    await headingIs(buyer, 'Confirm your address');
    await send(buyer, {});

    await headingIs(buyer, 'Checkout');
    await page.getByText('Knots worth knowing').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Sam Rivers');
    await page.getByLabel('Country').selectOption({ label: 'Germany' });
    // With scripts the sums follow the country by themselves.
    if (!javaScriptEnabled) await press(page, 'Apply and update');
    await page.getByText('VAT in it').waitFor();
    await lookAt(page);
    await press(page, 'Order and pay $44.10');
    await headingIs(buyer, 'Demo payment');
    await lookAt(page);
    await press(page, 'Pay');
    await headingIs(buyer, 'It is yours');
    await lookAt(page);
    const number = page.url().split('/').at(-1) ?? '';
    await page.getByRole('link', { name: 'Begin' }).click();
    await headingIs(buyer, 'Title of lesson-1');
    await page.getByRole('button', { name: 'Mark as complete' }).waitFor();

    await giveBack(number);

    await page.goto('/learn/knots/lesson-2');
    await headingIs(buyer, 'This lesson is locked');
    await page.goto(`/checkout/${number}`);
    await headingIs(buyer, 'Your money is on its way back');
    await page.getByRole('link', { name: 'See the order' }).click();
    await page.getByText('Refunded').first().waitFor();
    const paper = await page.getByRole('link', { name: /^Credit note / }).getAttribute('href');
    const note = await page.request.get(paper ?? '');
    expect(note.headers()['content-type']).toBe('application/pdf');
    expect((await note.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await buyer.close();
  });

  /** Gives all of an order's money back, as the admin. */
  async function giveBack(number: string): Promise<void> {
    const staff = await visit(browser, school.baseUrl);
    await staff.page.goto(`/sign-in?next=/admin/orders/${number}`);
    await send(staff, admin);
    await headingIs(staff, `Order ${number}`);
    await press(staff.page, 'Give $44.10 back');
    await staff.page.getByRole('dialog').getByLabel('Reason').fill('It was bought by mistake.');
    await staff.page.getByRole('dialog').getByRole('button', { name: 'Give it back' }).click();
    await staff.page.getByText('The money is given back.').waitFor();
    await staff.close();
  }
});

test('a card that is declined leaves the order open, and it is paid after all', async () => {
  const buyer = await enter(true);
  const { page } = buyer;
  await page.goto('/courses/knots');
  await press(page, 'Buy now');
  await headingIs(buyer, 'Checkout');
  await page.getByLabel('Country').selectOption({ label: 'Japan' });
  await press(page, 'Order and pay $49.00');
  await headingIs(buyer, 'Demo payment');
  await press(page, 'Decline');
  await headingIs(buyer, 'Waiting for your payment');
  await page.getByText('The demo payment was declined.').waitFor();
  await look(page);
  await press(page, 'Try again');
  await headingIs(buyer, 'Demo payment');
  await press(page, 'Pay');
  await headingIs(buyer, 'It is yours');

  // The country of the last order stands in the next one, unless another is chosen before the scripts have come.
  const { promise, resolve: letThemCome } = Promise.withResolvers<void>();
  await page.route('**/*.js', (route) => promise.then(() => route.continue()));
  await page.goto(`/checkout?product=${membership.id}&interval=MONTH`, { waitUntil: 'commit' });
  // The page is read while it comes.
  await expect.poll(() => page.getByLabel('Country').inputValue()).toBe('JP');
  await page.getByLabel('Country').selectOption({ label: 'Norway' });
  letThemCome();
  await page.waitForFunction(() => history.scrollRestoration === 'manual');
  await expect.poll(() => page.getByLabel('Country').inputValue()).toBe('NO');
  await buyer.close();
});

test('a membership that is bought by itself stays in the checkout through every refusal, also without scripts', async () => {
  const buyer = await enter(false);
  const { page } = buyer;
  await page.goto(`/checkout?product=${membership.id}&interval=MONTH`);
  await page.getByLabel('Country').selectOption({ label: 'Norway' });
  await page.getByLabel('Coupon').fill('NO-SUCH-CODE');
  await page.getByLabel('Name', { exact: true }).fill('Ada King');
  for (const button of ['Apply and update', 'Order and pay $15.00']) {
    await press(page, button);
    await page.getByText('There is no coupon with this code.').waitFor();
    await page.getByText('Every knot').waitFor();
    expect(await page.getByLabel('Country').inputValue()).toBe('NO');
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Ada King');
  }
  await page.getByLabel('Coupon').fill('');
  await press(page, 'Order and pay $15.00');
  await headingIs(buyer, 'Demo payment');
  await press(page, 'Pay');
  await headingIs(buyer, 'It is yours');
  await buyer.close();
});

test('who seems to be elsewhere says where they are at home; a business its tax number; and what waits already is not ordered twice', async () => {
  const buyer = await enter(true);
  const { page } = buyer;
  await buyer.context.setExtraHTTPHeaders({ 'x-forwarded-for': '193.99.144.80' });
  for (const heading of ['Demo payment', 'Waiting for your payment']) {
    await page.goto('/courses/sketching');
    await press(page, 'Buy now');
    await headingIs(buyer, 'Checkout');
    const number = page.getByLabel('Tax number of the business');
    expect(await number.isVisible()).toBe(false);
    await page.getByLabel('I buy for a business').check();
    await number.waitFor();
    await page.getByLabel('I buy for a business').uncheck();
    await number.waitFor({ state: 'hidden' });
    await page.getByLabel('Country').selectOption({ label: 'Japan' });
    await page.getByText('Your connection seems to come from Germany.').waitFor();
    await page.getByLabel('Yes, I am at home in Japan').check();
    await press(page, 'Order and pay $20.00');
    await headingIs(buyer, heading);
  }
  await page.getByText('You have ordered this already').waitFor();
  await look(page);
  await press(page, 'Cancel the order');
  await headingIs(buyer, 'The order is cancelled');
  await buyer.close();
});

test('a sum that was seen in one currency is not asked for in another', async () => {
  const buyer = await enter(false);
  const { page } = buyer;
  await page.goto(`/checkout?product=${sketching.id}`);
  await page.getByLabel('Country').selectOption({ label: 'Norway' });
  await owner.query("update prices set currency = 'EUR', amount = 2000 where product_id = $1", [sketching.id]);
  await press(page, 'Order and pay $20.00');
  await page.getByText('The sum is another one now.').waitFor();
  await press(page, 'Order and pay €20.00');
  await headingIs(buyer, 'Demo payment');
  await buyer.close();
});

test('what somebody types while the sum is reckoned anew stays as they typed it', async () => {
  const buyer = await enter(true);
  const { page } = buyer;
  await page.goto(`/checkout?product=${product.id}`);
  const country = page.getByLabel('Country');
  const tax = page.getByText('VAT in it');
  /** Chooses a country, does something before the answer has come, and waits for what the answer says. */
  async function meanwhile(label: 'Germany' | 'Japan', work: () => Promise<unknown>): Promise<void> {
    const answer = Promise.withResolvers<void>();
    const asked = page.waitForRequest(/\?\/update/);
    await page.route(/\?\/update/, (route) => answer.promise.then(() => route.continue()));
    await country.selectOption({ label });
    await asked;
    await work();
    answer.resolve();
    await tax.waitFor({ state: label === 'Germany' ? 'visible' : 'hidden' });
    await page.unroute(/\?\/update/);
  }
  const boxes = ['Name', 'State or region', 'Address', 'Postcode', 'City', 'Tax number of the business', 'Coupon'];
  await page.getByLabel('I buy for a business').check();
  for (const [index, label] of boxes.entries()) {
    const box = page.getByLabel(label);
    const before = await box.inputValue();
    await meanwhile(index % 2 === 0 ? 'Germany' : 'Japan', async () => {
      await box.focus();
      await page.keyboard.press('End');
      await page.keyboard.type('n');
    });
    expect([label, await box.inputValue()]).toEqual([label, `${before}n`]);
  }
  const business = page.getByLabel('I buy for a business');
  await meanwhile('Japan', () => business.evaluate((box: HTMLInputElement) => box.click()));
  expect(await business.isChecked()).toBe(false);
  await buyer.close();
});
