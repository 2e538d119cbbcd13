import { beforeAll, expect, test } from 'vitest';
import { type Actor, guest, system } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { aProductOf, aSettledOrder, type MadeProduct } from '../../../../tests/support/shop.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import {
  addToCart,
  addToGuestCart,
  cartPage,
  emptyCart,
  guestCartFrom,
  guestCartText,
  removeFromCart,
  takeGuestCart,
} from '../index.server.ts';
import { currencyOf } from './wanted-lines.ts';

const database = testDatabase();
let drawing: MadeProduct;
let painting: MadeProduct;
let bundle: MadeProduct;
let membership: MadeProduct;
beforeAll(async () => {
  drawing = await aProductOf(database, { prices: { USD: 5000, EUR: 4500 } });
  painting = await aProductOf(database, { prices: { USD: 3000 } });
  bundle = await aProductOf(database, { type: 'BUNDLE', courses: [drawing.courses[0]!, painting.courses[0]!], prices: { USD: 6000 } });
  membership = await aProductOf(database, { type: 'MEMBERSHIP', prices: { USD: 1500 } });
});

type Request = Partial<Parameters<typeof cartPage>[1]>;
const pageOf = (actor: Actor, request: Request = {}) =>
  cartPage(database.context(actor), { guestProductIds: [], currency: null, ...request });
const idsOf = async (actor: Actor, request: Request = {}) => (await pageOf(actor, request)).lines.map(({ productId }) => productId);
const add = (actor: Actor, product: { id: string }, how: { quantity?: number; isGift?: boolean } = {}) =>
  addToCart(database.context(actor), { productId: product.id, ...how });

test('put in twice, a thing lies there once, and how it is wanted stays until it is said anew', async () => {
  const ada = await aPerson(database);
  await add(ada, drawing, { quantity: 3 });
  await add(ada, drawing);
  expect((await pageOf(ada)).lines).toMatchObject([{ productId: drawing.id, quantity: 3, price: '$150.00' }]);
  await add(ada, drawing, { isGift: true });
  expect((await pageOf(ada)).lines).toMatchObject([{ quantity: 1, isGift: true, price: '$50.00' }]);
  await expect(add(ada, drawing, { quantity: 2, isGift: true })).rejects.toMatchObject({ code: 'invalid' });
});

test('a cart is its person’s alone: nobody else sees it, and an admin who acts as them changes nothing', async () => {
  const [ada, bo] = [await aPerson(database), await aPerson(database)];
  await add(ada, drawing);
  expect(await idsOf(bo)).toEqual([]);
  await removeFromCart(database.context(bo), { productId: drawing.id });
  expect(await idsOf(ada)).toEqual([drawing.id]);
  const actingAs = { ...ada, session: { impersonator: { id: newId(), name: 'Ines' } } } as unknown as typeof ada;
  await expect(add(actingAs, painting)).rejects.toMatchObject({ code: 'forbidden' });
  await takeGuestCart(database.context(actingAs), { productIds: [painting.id] });
  await expect(removeFromCart(database.context(actingAs), { productId: drawing.id })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(add(guest, drawing)).rejects.toMatchObject({ code: 'sign-in-required' });
  expect(await idsOf(ada)).toEqual([drawing.id]);
});

test('what is not sold, and a membership, comes into no cart', async () => {
  const ada = await aPerson(database);
  const draft = await aProductOf(database, { courses: [await aCourse(database, { isFree: false, status: 'DRAFT' })] });
  for (const product of [draft, { id: newId() }, { id: 'nonsense' }])
    await expect(add(ada, product)).rejects.toMatchObject({ code: expect.stringMatching(/not-found|invalid/) });
  await expect(add(ada, membership)).rejects.toMatchObject({ code: 'conflict' });
  await expect(addToGuestCart(database.context(guest), { productId: draft.id, productIds: [] })).rejects.toMatchObject({
    code: 'not-found',
  });
  await takeGuestCart(database.context(ada), { productIds: [draft.id, membership.id, newId()] });
  expect(await idsOf(ada)).toEqual([]);
});

test('what somebody owns comes in as a gift or for a team, and not for themselves', async () => {
  const ada = await aPerson(database);
  await aSettledOrder(database, { buyer: ada, items: [drawing] });
  const ctx = database.context(ada);
  expect(await addToCart(ctx, { productId: drawing.id })).toEqual({ kind: 'owned' });
  expect(await idsOf(ada)).toEqual([]);
  expect(await addToCart(ctx, { productId: drawing.id, isGift: true })).toEqual({ kind: 'added' });
  expect(await pageOf(ada)).toMatchObject({ mayCheckOut: true, lines: [{ problem: null }] });
  expect(await addToCart(ctx, { productId: bundle.id })).toEqual({ kind: 'added' });
  expect((await pageOf(ada)).lines[1]).toMatchObject({ kind: 'Bundle of 2 courses', owned: [`The course ${drawing.slug}`] });
});

test('a guest’s cart is seen beside one’s own, and taken over once, by what writes', async () => {
  const ada = await aPerson(database);
  await add(ada, drawing, { quantity: 2 });
  const brought = { guestProductIds: [drawing.id, painting.id] };
  expect(await idsOf(ada, brought)).toEqual([drawing.id, painting.id]);
  expect(await idsOf(ada)).toEqual([drawing.id]);
  for (let time = 0; time < 2; time += 1) await takeGuestCart(database.context(ada), { productIds: brought.guestProductIds });
  expect((await pageOf(ada)).lines).toMatchObject([{ quantity: 2 }, { productId: painting.id, quantity: 1 }]);
});

test('a browser’s cookie names twenty things at the most, and nothing that it makes up', async () => {
  const many = Array.from({ length: 30 }, () => newId());
  expect(guestCartFrom(guestCartText(many))).toEqual(many.slice(0, 20));
  expect(guestCartFrom(`${drawing.id}.${drawing.id}.<script>.${drawing.id.toUpperCase()}`)).toEqual([drawing.id]);
  expect([guestCartFrom(undefined), guestCartFrom('')]).toEqual([[], []]);
  const full = { productId: drawing.id, productIds: many.slice(0, 20) };
  await expect(addToGuestCart(database.context(guest), full)).rejects.toMatchObject({ code: 'conflict' });
  expect(await addToGuestCart(database.context(guest), { productId: drawing.id, productIds: [drawing.id] })).toEqual([drawing.id]);
});

test('a cart that is full takes nothing more in', async () => {
  const ada = await aPerson(database);
  await database.owner.query(
    `with made as (insert into products (id, type, owner_id, name, slug) select gen_random_uuid(), 'BUNDLE', $1, 'Many ' || n, 'many-' || n from generate_series(1, 50) n returning id)
     insert into cart_items (id, user_id, product_id) select gen_random_uuid(), $1, id from made`,
    [ada.id],
  );
  await expect(add(ada, drawing)).rejects.toMatchObject({ code: 'conflict' });
  await takeGuestCart(database.context(ada), { productIds: [drawing.id] });
  expect((await pageOf(ada)).lines).toHaveLength(50);
});

test('what was taken out can be put back as it was, and an order takes out only what was ordered', async () => {
  const ada = await aPerson(database);
  for (const product of [drawing, painting]) await add(ada, product, { quantity: 4 });
  for (let time = 0; time < 2; time += 1) await removeFromCart(database.context(ada), { productId: drawing.id });
  const removed = { productId: drawing.id, quantity: 4, isGift: false };
  expect(await pageOf(ada, { removed })).toMatchObject({ removed: { title: `The course ${drawing.slug}`, quantity: 4 }, lines: [{}] });
  await add(ada, drawing, removed);
  expect((await pageOf(ada, { removed })).removed).toBeNull();
  await emptyCart(database.context(system), { userId: ada.id, productIds: [painting.id] });
  expect(await idsOf(ada)).toEqual([drawing.id]);
});

test('a cart has one currency: the chosen one, the school’s, or one that everything has', async () => {
  expect(currencyOf([['EUR', 'USD'], ['USD']], null, 'USD')).toEqual({ currency: 'USD', currencies: ['USD'] });
  expect(currencyOf([['EUR', 'USD'], ['USD']], 'EUR', 'USD')).toEqual({ currency: 'EUR', currencies: ['USD', 'EUR'] });
  expect(currencyOf([['EUR', 'JPY'], ['EUR']], null, 'USD')).toEqual({ currency: 'EUR', currencies: ['EUR'] });
  expect(currencyOf([['EUR'], ['JPY']], null, 'USD')).toEqual({ currency: 'USD', currencies: ['USD'] });
  expect(currencyOf([['EUR', 'USD']], 'XXXX', 'USD')).toEqual({ currency: 'USD', currencies: ['USD', 'EUR'] });
  const ada = await aPerson(database);
  for (const product of [drawing, painting]) await add(ada, product);
  expect(await pageOf(ada, { currency: 'EUR' })).toMatchObject({
    currency: 'EUR',
    mayCheckOut: false,
    sums: { total: '€45.00' },
    lines: [{ problem: null }, { problem: 'no-price' }],
  });
});

test('the page costs two queries, however much lies in the cart, and a guest’s too', async () => {
  const ada = await aPerson(database);
  await add(ada, drawing);
  expect(await statementsOf(() => pageOf(ada))).toHaveLength(2);
  for (const product of [painting, bundle]) await add(ada, product);
  expect(await statementsOf(() => pageOf(ada, { guestProductIds: [newId()] }))).toHaveLength(2);
  expect(await statementsOf(() => pageOf(guest, { guestProductIds: [drawing.id, painting.id] }))).toHaveLength(2);
});

test('a coupon lowers what it covers, or the cart says why it does not; looking uses nothing up', async () => {
  const ada = await aPerson(database);
  for (const product of [drawing, painting]) await add(ada, product);
  await database.owner.query(
    `insert into coupons (id, code, type, value, created_by_id, scope, starts_at, max_uses) values ($1, 'SPRING', 'PERCENTAGE', 10, $2, 'PRODUCTS', '2026-01-01', 1)`,
    [drawing.id, drawing.ownerId],
  );
  await database.owner.query('insert into coupon_products (coupon_id, product_id) values ($1, $1)', [drawing.id]);
  for (let time = 0; time < 2; time += 1)
    expect(await pageOf(ada, { couponCode: 'spring' })).toMatchObject({
      coupon: { code: 'spring', applies: true },
      sums: { before: '$80.00', lowered: null, discount: '$5.00', total: '$75.00' },
    });
  const unknown = { coupon: { applies: false, message: expect.stringContaining('no coupon') }, sums: { discount: null, total: '$80.00' } };
  expect(await pageOf(ada, { couponCode: 'NOTHING' })).toMatchObject(unknown);
  await removeFromCart(database.context(ada), { productId: drawing.id });
  expect((await pageOf(ada, { couponCode: 'SPRING' })).coupon).toMatchObject({
    applies: false,
    message: expect.stringContaining('other things'),
  });
  expect(await statementsOf(() => pageOf(ada, { couponCode: 'SPRING' }))).toHaveLength(3);
});
