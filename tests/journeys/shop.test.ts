import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Visitor } from '../support/browser.ts';
import { aCourse, aPerson, type MadeCourse } from '../support/courses.ts';
import { aProductOf } from '../support/shop.ts';
import { press, type ShopSchool, startShopSchool } from '../support/shop-school.ts';
import { headingIs } from '../support/steps.ts';
import { look } from './looks/walk.ts';

let shop: ShopSchool;
let instructor: Awaited<ReturnType<typeof aPerson>>;
let drawing: MadeCourse;
let painting: MadeCourse;
beforeAll(async () => {
  shop = await startShopSchool();
  instructor = await aPerson(shop, 'INSTRUCTOR', { name: 'Grace Hopper' });
  const ofGrace = { isFree: false, instructorId: instructor.id };
  [drawing, painting] = [
    await aCourse(shop, { ...ofGrace, slug: 'drawing', title: 'Drawing what is there' }),
    await aCourse(shop, { ...ofGrace, slug: 'painting', title: 'Painting with water' }),
  ];
  await aProductOf(shop, { courses: [drawing], prices: { USD: 2900 } });
  await aProductOf(shop, { courses: [painting], prices: { USD: 3900 } });
});
afterAll(() => shop?.stop());

/** Orders what the checkout shows, and pays it at the demo provider. Returns the order's number. */
async function payFor(visitor: Visitor, order: string): Promise<string> {
  const { page } = visitor;
  await headingIs(visitor, 'Checkout');
  await page.getByLabel('Country').selectOption('US');
  await press(page, order);
  await headingIs(visitor, 'Demo payment');
  await press(page, 'Pay');
  await headingIs(visitor, 'It is yours');
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Whether somebody learns in a course: its lessons can be marked. */
async function opens(page: Page, course: MadeCourse): Promise<boolean> {
  await page.goto(`/learn/${course.slug}/${course.lessons[0]?.slug}`);
  return page.getByRole('button', { name: 'Mark as complete' }).isVisible();
}

test('a bundle says which of its courses one has, opens the others, and takes only those back', async () => {
  const bundle = await aProductOf(shop, { type: 'BUNDLE', title: 'Light and water', courses: [drawing, painting], prices: { USD: 4900 } });
  const ada = await shop.enter(await aPerson(shop, 'STUDENT', { name: 'Ada Lovelace' }));
  await ada.page.goto('/courses/drawing');
  await press(ada.page, 'Buy now');
  await payFor(ada, 'Order and pay $29.00');
  expect([await opens(ada.page, drawing), await opens(ada.page, painting)]).toEqual([true, false]);

  await ada.page.goto(`/products/${bundle.slug}`);
  const owned = ada.page.getByRole('listitem').filter({ hasText: 'You have this one' });
  await expect.poll(() => owned.count()).toBe(1);
  await owned.getByText('Drawing what is there').waitFor();
  await look(ada.page);
  await press(ada.page, 'Buy now');
  const number = await payFor(ada, 'Order and pay $49.00');
  expect([await opens(ada.page, drawing), await opens(ada.page, painting)]).toEqual([true, true]);
  await ada.page.goto(`/orders/${number}`);
  await ada.page.getByRole('link', { name: 'Painting with water' }).waitFor();
  await look(ada.page);

  const ines = await shop.enter(await aPerson(shop, 'ADMIN', { name: 'Ines Okafor' }));
  await ines.page.goto(`/admin/orders/${number}`);
  await look(ines.page);
  await press(ines.page, 'Give $49.00 back');
  const dialog = ines.page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('She had one of the two.');
  await dialog.getByRole('button', { name: 'Give it back' }).click();
  await ines.page.getByText('The money is given back.').waitFor();
  await look(ines.page);

  await ada.page.reload();
  await ada.page.getByRole('button', { name: 'Buy again: Light and water', exact: true }).waitFor();
  await look(ada.page);
  expect([await opens(ada.page, drawing), await opens(ada.page, painting)]).toEqual([true, false]);
  await ada.close();
  await ines.close();
});

test('a membership is tried before it is paid, opens its courses, and is cancelled, resumed and cancelled again', async () => {
  const product = await aProductOf(shop, {
    type: 'MEMBERSHIP',
    title: 'Everything by the month',
    courses: [drawing, painting],
    prices: { USD: 1500 },
    trialDays: 7,
  });
  const bo = await shop.enter(await aPerson(shop, 'STUDENT', { name: 'Bo Andersen' }));
  await bo.page.goto(`/products/${product.slug}`);
  await look(bo.page);
  await bo.page.getByRole('link', { name: 'Try it for 7 days' }).click();
  await bo.page.getByText('7 days free, then $15.00 each month, until you cancel.').waitFor();
  await payFor(bo, 'Begin, and pay nothing today');
  await bo.page.getByRole('link', { name: 'Open your courses' }).waitFor();
  await look(bo.page);
  expect([await opens(bo.page, drawing), await opens(bo.page, painting)]).toEqual([true, true]);

  await bo.page.goto('/settings/membership');
  await bo.page.getByText('First payment').waitFor();
  await look(bo.page);
  await cancel(bo.page);
  await press(bo.page, 'Resume it');
  await bo.page.getByText('Your membership goes on.').waitFor();
  await bo.page.getByText('First payment').waitFor();
  await cancel(bo.page);
  await look(bo.page);
  expect(await opens(bo.page, drawing)).toBe(true);
  await bo.page.goto(`/products/${product.slug}`);
  await bo.page.getByRole('link', { name: 'You are a member' }).waitFor();
  await bo.close();
});

async function cancel(page: Page): Promise<void> {
  await press(page, 'Cancel membership');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel membership' }).click();
  await page.getByText('Nothing more is taken.').waitFor();
  await page.getByRole('button', { name: 'Resume it' }).waitFor();
}

test('an instructor bundles two courses, prices them together and puts them on sale', async () => {
  const grace = await shop.enter(instructor);
  const { page } = grace;
  await page.goto('/studio/products');
  await press(page, 'Go on');
  await page.getByRole('alert').first().waitFor();
  await look(page);
  await page.getByLabel('Name').fill('Pencil and brush');
  await press(page, 'Go on');
  await headingIs(grace, 'Pencil and brush');
  await page.getByText('Before it can be sold:').waitFor();
  await look(page);
  await press(page, 'Add Drawing what is there');
  await page.getByRole('button', { name: 'Remove Drawing what is there' }).waitFor();
  await press(page, 'Add Painting with water');
  await page.getByRole('button', { name: 'Remove Painting with water' }).waitFor();
  await page.getByLabel('Price in USD', { exact: true }).fill('much');
  await press(page, 'Save price');
  await page.getByRole('alert').first().waitFor();
  await page.getByLabel('Price in USD', { exact: true }).first().fill('49');
  await press(page, 'Save price');
  await page.getByText('$49.00').waitFor();
  await look(page);
  await press(page, 'Put it on sale');
  await page.getByText('On sale').waitFor();
  await look(page);

  const guest = await shop.enter(await aPerson(shop));
  await guest.page.goto('/products');
  await guest.page.getByRole('link', { name: 'Pencil and brush' }).first().click();
  await headingIs(guest, 'Pencil and brush');
  await guest.page.getByText('You save').waitFor();
  for (const visitor of [grace, guest]) await visitor.close();
});

test('what an admin has typed into one part of the shop’s settings stays while another part is saved or refused', async () => {
  const ines = await shop.enter(await aPerson(shop, 'ADMIN', { name: 'Ines Okafor' }));
  const { page } = ines;
  await page.goto('/admin/shop');
  const bank = page.getByLabel('Where buyers send the money');
  await bank.fill('IBAN DE00 1234');
  await page.getByLabel('Tax comes on top').check();
  await press(page, 'Save');
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.getByLabel('Money back').fill('some');
  await page.locator('#days').getByRole('button', { name: 'Save' }).click();
  await page.locator('#days').getByRole('alert').first().waitFor();
  expect([await bank.inputValue(), await page.getByLabel('Tax comes on top').isChecked()]).toEqual(['IBAN DE00 1234', true]);
  expect(await page.getByLabel('Money back').inputValue()).toBe('some');
  await ines.close();
});
