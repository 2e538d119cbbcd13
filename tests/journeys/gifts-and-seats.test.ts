import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { handedOutBy } from '../security/matrix/shop-cast.ts';
import { visit } from '../support/browser.ts';
import { aPerson } from '../support/courses.ts';
import { aProductOf } from '../support/shop.ts';
import { press, type ShopSchool, startShopSchool } from '../support/shop-school.ts';
import { headingIs } from '../support/steps.ts';
import { look } from './looks/walk.ts';

let shop: ShopSchool;
beforeAll(async () => {
  shop = await startShopSchool();
});
afterAll(() => shop?.stop());

test('a gift and the seats of a team find whom they are for', async () => {
  const buyer = await aPerson(shop, 'STUDENT', { name: 'Grace Hopper' });
  const { orderNumber, giftCode, seatToken } = await handedOutBy(shop.owner, buyer);
  const grace = await shop.enter(buyer);
  await grace.page.goto('/gifts');
  await grace.page.getByLabel('Name').fill('Ada');
  await grace.page.getByLabel('E-mail address').fill('nobody');
  await grace.page.getByLabel('A few words').fill('For all the evenings you spent with my looms.');
  await grace.page.locator('form[action*="address"]').evaluate((form: HTMLFormElement) => (form.noValidate = true));
  await press(grace.page, 'Save the gift');
  await grace.page.locator('.control-error').first().waitFor();
  await look(grace.page);
  await grace.page.getByLabel('E-mail address').fill('ada@gifts.test');
  await press(grace.page, 'Save the gift');
  await grace.page.getByText('For Ada, ada@gifts.test').waitFor();
  await look(grace.page);

  const ada = await shop.enter(await aPerson(shop, 'STUDENT', { name: 'Ada Lovelace' }));
  const guest = await visit(shop.browser, shop.school.baseUrl);
  await guest.page.goto('/gifts');
  await guest.page.getByLabel('Code of the gift').fill(giftCode.toLowerCase().replaceAll('-', ' '));
  await press(guest.page, 'Open the gift');
  await headingIs(guest, 'A gift');
  await look(guest.page);
  expect(await guest.page.getByRole('link', { name: 'Sign in' }).last().getAttribute('href')).toBe(`/sign-in?next=%2Fgifts%2F${giftCode}`);
  await ada.page.goto(`/gifts/${giftCode}`);
  await look(ada.page);
  await press(ada.page, 'Accept the gift');
  await headingIs(ada, 'It is yours');
  await look(ada.page);

  await grace.page.goto(`/orders/${orderNumber}/team`);
  await grace.page.getByLabel('Invite by e-mail').fill('bo@team.test, cy@team.test');
  await press(grace.page, 'Invite');
  await grace.page.getByText('2 people invited.').waitFor();
  await look(grace.page);
  await guest.page.goto(`/seats/${seatToken}`);
  await look(guest.page);
  await ada.page.goto(`/seats/${seatToken}`);
  await press(ada.page, 'Take the seat');
  await headingIs(ada, 'The seat is yours');
  await look(ada.page);
  await grace.page.goto(`/orders/${orderNumber}/team`);
  await press(grace.page, 'Take back the seat of Ada Lovelace');
  await press(grace.page, 'Take it back');
  await grace.page.getByText('The seat is free again.').waitFor();
  for (const visitor of [grace, ada, guest]) await visitor.close();
});

test('a member sees what comes next, cancels, and thinks better of it', async () => {
  const member = await aPerson(shop);
  const product = await aProductOf(shop, { type: 'MEMBERSHIP', title: 'All courses' });
  await shop.owner.query(
    `insert into subscriptions (id, user_id, product_id, provider, provider_subscription_id, interval, amount, currency, current_period_start, current_period_end)
     values ($1, $2, $3, 'demo', 'demo_sub', 'MONTH', 1900, 'USD', now(), now() + interval '20 days')`,
    [newId(), member.id, product.id],
  );
  const visitor = await shop.enter(member);
  await visitor.page.goto('/settings/membership');
  await visitor.page.getByText('Next payment').waitFor();
  await look(visitor.page);
  await press(visitor.page, 'Cancel membership');
  await visitor.page.getByRole('dialog').getByRole('button', { name: 'Cancel membership' }).click();
  await visitor.page.getByText('Nothing more is taken.').waitFor();
  await look(visitor.page);
  await press(visitor.page, 'Resume it');
  await visitor.page.getByText('Next payment').waitFor();
  await visitor.close();
});
