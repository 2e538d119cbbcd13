import fc from 'fast-check';
import { expect, test } from 'vitest';
import { courseStanding } from '#features/learning/index.server.ts';
import type { Person } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { guest, system, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { aProductOf, aSettledOrder, type MadeProduct } from '../../../../tests/support/shop.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { withdrawItem } from '../items/withdraw-item.ts';
import { addressGift } from './address-gift.ts';
import { giftCode, newGiftCode } from './code.ts';
import { deliverGift } from './deliver-gift.ts';
import { giftPage } from './gift-page.ts';
import { giftsPage } from './gifts-page.ts';
import { openGift } from './open-gift.ts';
import { redeemGift } from './redeem-gift.ts';

const database = testDatabase({ poolSize: 12 });
const school = testProcess(database);

const now = new Date('2026-05-04T10:00:00Z');
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const as = (person: Person, at = now) => database.context(person, at);

async function aGift(product?: MadeProduct) {
  const buyer = await aPerson(database, 'STUDENT', { name: 'Grace Hopper' });
  const bought = product ?? (await aProductOf(database));
  const order = await aSettledOrder(database, { buyer, items: [{ product: bought, isGift: true }] });
  const orderItemId = order.items[0]!.id;
  for (let time = 0; time < 2; time += 1) await inTransaction(database.context(system), (ctx) => openGift(ctx, { orderItemId }));
  const gift = (await giftsPage(as(buyer), {}))!.gifts[0]!;
  return { buyer, orderItemId, gift, course: bought.courses[0]! };
}

const stepOf = async (person: Person, slug: string) => (await courseStanding(as(person), { slug })).step;
const refund = (orderItemId: string) =>
  database.owner.query("update order_items set refunded_amount = total, refunded_at = '2026-05-04' where id = $1", [orderItemId]);
const blank = { recipientName: '', recipientEmail: '', message: '', deliverOn: '' };

test('a code is read however it is typed', () => {
  fc.assert(
    fc.property(fc.constant(null).map(newGiftCode), fc.constantFrom('', ' ', '-', ' – '), fc.boolean(), (code, between, isLow) => {
      const typed = code.replaceAll('-', between).replaceAll('0', 'o').replaceAll('1', 'l');
      expect(giftCode(isLow ? typed.toLowerCase() : typed)).toBe(code);
    }),
  );
  expect([giftCode('7K3M-9PXA'), giftCode('')]).toEqual([null, null]);
});

test('a gift is redeemed once, whoever of many with its code comes first', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { gift, course } = await aGift();
    const people: Person[] = [];
    for (let count = 0; count < 6; count += 1) people.push(await aPerson(database));
    const outcomes = await Promise.all(people.map((person) => redeemGift(as(person), { code: gift.code })));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['redeemed', 'taken', 'taken', 'taken', 'taken', 'taken']);
    const steps = await Promise.all(people.map((person) => stepOf(person, course.slug)));
    expect(steps.filter((step) => step === 'start')).toHaveLength(1);
  }
});

test('who redeems it twice has it once', async () => {
  const { gift } = await aGift();
  const ada = await aPerson(database);
  expect(await redeemGift(as(ada), { code: gift.code.toLowerCase() })).toEqual({ kind: 'redeemed' });
  expect(await redeemGift(as(ada), { code: gift.code })).toEqual({ kind: 'already' });
  expect(await giftPage(as(ada), { code: gift.code })).toMatchObject({ state: 'yours', from: 'Grace Hopper' });
  expect(await giftPage(as(await aPerson(database)), { code: gift.code })).toMatchObject({ state: 'taken' });
});

test('who has all of it already is told so, and the gift stays good for somebody else; of a bundle, they get what they lack', async () => {
  const bundle = await aProductOf(database, { type: 'BUNDLE' });
  const { gift } = await aGift(bundle);
  const [ada, bo] = [await aPerson(database), await aPerson(database)];
  await aSettledOrder(database, { buyer: ada, items: [bundle] });
  await aSettledOrder(database, { buyer: bo, items: [await aProductOf(database, { courses: [bundle.courses[0]!] })] });
  expect(await redeemGift(as(ada), { code: gift.code })).toEqual({ kind: 'owned' });
  expect(await giftPage(as(ada), { code: gift.code })).toMatchObject({ state: 'owned' });
  expect(await redeemGift(as(bo), { code: gift.code })).toEqual({ kind: 'redeemed' });
  expect(await Promise.all(bundle.courses.map(({ slug }) => stepOf(bo, slug)))).toEqual(['start', 'start']);
});

test('access by a gift lasts from the day it is redeemed', async () => {
  const { gift, course } = await aGift(await aProductOf(database, { accessDays: 30 }));
  const ada = await aPerson(database);
  await redeemGift(as(ada, later(100)), { code: gift.code });
  const stepAt = async (days: number) => (await courseStanding(as(ada, later(days)), { slug: course.slug })).step;
  expect([await stepAt(129), await stepAt(130)]).toEqual(['start', 'purchase']);
});

test('a gift that was given back opens nothing, from the moment its item says so; a redeemed one is taken back', async () => {
  const unredeemed = await aGift();
  const ada = await aPerson(database);
  await refund(unredeemed.orderItemId);
  expect(await redeemGift(as(ada), { code: unredeemed.gift.code })).toEqual({ kind: 'revoked' });
  const redeemed = await aGift();
  await redeemGift(as(ada), { code: redeemed.gift.code });
  await refund(redeemed.orderItemId);
  for (let time = 0; time < 2; time += 1)
    await inTransaction(database.context(system, later(1)), (ctx) =>
      withdrawItem(ctx, { orderItemId: redeemed.orderItemId, reason: 'refunded' }),
    );
  expect(await giftPage(as(ada), { code: redeemed.gift.code })).toMatchObject({ state: 'revoked' });
  expect((await giftsPage(as(redeemed.buyer), {}))!.gifts[0]).toMatchObject({ state: 'revoked', code: '' });
  expect(await stepOf(ada, redeemed.course.slug)).toBe('purchase');
});

test('the mail goes out once on the day that the buyer chose, to the address that was named last', async () => {
  const { gift, buyer } = await aGift();
  const say = (recipientEmail: string, deliverOn: string) =>
    addressGift(as(buyer), { ...blank, giftId: gift.id, recipientName: 'Ada', message: 'For you', recipientEmail, deliverOn });
  const [first, second] = [`first-${gift.id}@gifts.test`, `second-${gift.id}@gifts.test`];
  await say(first, '2026-05-20');
  const sendAt = (at: Date) => deliverGift(database.context(system, at), { giftId: gift.id });
  await sendAt(later(1));
  await say(second, '2026-05-20');
  await sendAt(new Date('2026-05-20T08:59:00Z'));
  for (let time = 0; time < 2; time += 1) await sendAt(new Date('2026-05-20T09:00:00Z'));
  await school.runJobs();
  expect([(await school.mailsTo(first)).length, (await school.mailsTo(second)).map(({ subject }) => subject)]).toEqual([
    0,
    ['Grace Hopper has a gift for you'],
  ]);
  expect((await giftsPage(as(buyer), {}))!.gifts[0]).toMatchObject({ state: 'sent', recipientName: 'Ada', deliverOn: '2026-05-20' });
});

test('nobody mails the world with one gift', async () => {
  const { gift, buyer } = await aGift();
  const send = (count: number) =>
    addressGift(as(buyer), { ...blank, giftId: gift.id, recipientEmail: `${count}-${gift.id}@gifts.test`, deliverOn: '2026-05-20' });
  for (let count = 0; count < 60; count += 1) await send(count);
  await expect(send(60)).rejects.toMatchObject({ code: 'too-many' });
});

test('a gift that was redeemed before its day is not mailed', async () => {
  const { gift, buyer } = await aGift();
  const to = `late-${gift.id}@gifts.test`;
  await addressGift(as(buyer), { ...blank, giftId: gift.id, recipientEmail: to, deliverOn: '2026-05-20' });
  await redeemGift(as(await aPerson(database)), { code: gift.code });
  await deliverGift(database.context(system, later(30)), { giftId: gift.id });
  await school.runJobs();
  expect(await school.mailsTo(to)).toEqual([]);
});

test('a day that has passed, an address that is none and words with a link in them are refused at their fields', async () => {
  const { gift, buyer } = await aGift();
  const say = (wish: Partial<typeof blank>) =>
    addressGift(as(buyer), { ...blank, giftId: gift.id, recipientEmail: 'ada@gifts.test', ...wish });
  await expect(say({ deliverOn: '2026-05-03' })).rejects.toMatchObject({ fields: { deliverOn: expect.any(String) } });
  await expect(say({ recipientEmail: 'nobody' })).rejects.toMatchObject({ fields: { recipientEmail: expect.any(String) } });
  await expect(say({ message: 'Win at casino.example' })).rejects.toMatchObject({ fields: { message: expect.any(String) } });
});

test('nobody but the buyer says who a gift is for, and codes cannot be tried one after another', async () => {
  const { gift } = await aGift();
  const stranger = await aPerson(database);
  await expect(addressGift(as(stranger), { ...blank, giftId: gift.id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(redeemGift(database.context(guest), { code: gift.code })).rejects.toMatchObject({ code: 'sign-in-required' });
  const trying = { ...as(stranger), address: '203.0.113.7' };
  for (let time = 0; time < 20; time += 1)
    await expect(giftPage(trying, { code: newGiftCode() })).rejects.toMatchObject({ code: 'not-found' });
  await expect(giftPage(trying, { code: gift.code })).rejects.toMatchObject({ code: 'too-many' });
});

test('pages of gifts cost one query each, however many there are; that of a code two more, which count attempts', async () => {
  const buyer = await aPerson(database);
  const product = await aProductOf(database, { courses: [await aCourse(database, { isFree: false })] });
  const give = async () => {
    const order = await aSettledOrder(database, { buyer, items: [{ product, isGift: true }] });
    await inTransaction(database.context(system), (ctx) => openGift(ctx, { orderItemId: order.items[0]!.id }));
  };
  await give();
  expect(await statementsOf(() => giftsPage(as(buyer), {}))).toHaveLength(1);
  for (let count = 0; count < 11; count += 1) await give();
  const first = (await giftsPage(as(buyer), {}))!;
  const second = (await giftsPage(as(buyer), { before: first.next }))!;
  expect([first.gifts.length, second.gifts.length, second.next]).toEqual([10, 2, null]);
  expect(await statementsOf(() => giftsPage(as(buyer), {}))).toHaveLength(1);
  expect(await statementsOf(() => giftPage(as(buyer), { code: first.gifts[0]!.code }))).toHaveLength(3);
});
