import { expect, test } from 'vitest';
import { courseStanding } from '#features/learning/index.server.ts';
import type { Person } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest, system, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { aProductOf, aSettledOrder } from '../../../../tests/support/shop.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { withdrawItem } from '../items/withdraw-item.ts';
import { inviteTeam } from './invite-team.ts';
import { openSeats } from './open-seats.ts';
import { seatPage } from './seat-page.ts';
import { acceptSeat, takeOwnSeat } from './take-seat.ts';
import { takeSeatBack } from './take-seat-back.ts';
import { teamPage } from './team-page.ts';

const database = testDatabase({ poolSize: 12 });
const school = testProcess(database);

const as = (person: Person) => database.context(person);
let addresses = 0;
function anAddress(): string {
  addresses += 1;
  return `invited-${addresses}@team.test`;
}

async function aTeam(quantity: number) {
  const buyer = await aPerson(database, 'STUDENT', { name: 'Grace Hopper' });
  const product = await aProductOf(database);
  const order = await aSettledOrder(database, { buyer, items: [{ product, quantity }] });
  const itemId = order.items[0]!.id;
  const invite = async (...emails: string[]) => inviteTeam(as(buyer), { itemId, emails: emails.join('\n') });
  const team = async () => (await teamPage(as(buyer), { orderNumber: order.number })).teams[0]!;
  return { buyer, order, itemId, course: product.courses[0]!, invite, team };
}

/** The secret of the newest link that was mailed to an address. */
async function tokenOf(email: string): Promise<string> {
  await school.runJobs();
  const mail = (await school.mailsTo(email)).at(-1);
  return /seats\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
}
const stepOf = async (person: Person, slug: string) => (await courseStanding(as(person), { slug })).step;

test('the buyer hears where to invite the team, and sits on no seat by themself', async () => {
  const { buyer, itemId, order, team } = await aTeam(3);
  await inTransaction(database.context(system), (ctx) => openSeats(ctx, { orderItemId: itemId }));
  await school.runJobs();
  expect((await school.mailsTo(buyer.email)).map(({ text }) => text)).toEqual([expect.stringContaining(`/orders/${order.number}/team`)]);
  expect(await team()).toMatchObject({ quantity: 3, seats: [], hasOwn: false, isOpen: true });
});

test('several are invited at once, take their seats by their links, and learn', async () => {
  const { invite, team, course } = await aTeam(3);
  const [one, other] = [anAddress(), anAddress()];
  expect(await invite(`${one.toUpperCase()}, ${other};`)).toEqual({ invited: 2, again: 0 });
  const [ada, bo] = [await aPerson(database, 'STUDENT', { name: 'Ada' }), await aPerson(database, 'STUDENT', { name: 'Bo' })];
  const token = await tokenOf(one);
  expect(await seatPage(database.context(guest), { token })).toMatchObject({ state: 'open', from: 'Grace Hopper' });
  expect(await acceptSeat(as(ada), { token })).toEqual({ kind: 'taken' });
  expect(await acceptSeat(as(ada), { token })).toEqual({ kind: 'already' });
  expect(await acceptSeat(as(bo), { token })).toEqual({ kind: 'gone' });
  expect(await seatPage(as(ada), { token })).toMatchObject({ state: 'yours' });
  expect([await stepOf(ada, course.slug), await stepOf(bo, course.slug)]).toEqual(['start', 'purchase']);
  expect((await team()).seats.map(({ email, name }) => [email, name])).toEqual([
    [one, 'Ada'],
    [other, null],
  ]);
});

test('nobody’s mailbox is filled with invitations', async () => {
  const { invite } = await aTeam(2);
  const email = anAddress();
  for (let time = 0; time < 10; time += 1) await invite(email);
  await expect(invite(email)).rejects.toMatchObject({ code: 'too-many' });
});

test('however many invite at once, there are never more invitations than seats', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { invite, team } = await aTeam(3);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => invite(anAddress())));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect((await team()).seats).toHaveLength(3);
  }
});

test('the last seat is given once, whether its buyer takes it or somebody is invited to it', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { buyer, itemId, invite, team } = await aTeam(2);
    const first = anAddress();
    await invite(first);
    const [ada, token] = [await aPerson(database), await tokenOf(first)];
    const [seated, ...last] = await Promise.allSettled([
      acceptSeat(as(ada), { token }),
      takeOwnSeat(as(buyer), { itemId }),
      invite(anAddress()),
      invite(anAddress()),
    ]);
    expect(seated).toMatchObject({ value: { kind: 'taken' } });
    expect(last.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await team()).seats).toHaveLength(2);
  }
});

test('beneath the program, the database knows no seat that was not bought', async () => {
  const { itemId } = await aTeam(2);
  const put = (number: number) =>
    database.owner.query('insert into team_seats (id, order_item_id, number, email, token) values (gen_random_uuid(), $1, $2, $3, $3)', [
      itemId,
      number,
      anAddress(),
    ]);
  await put(2);
  await expect(put(2)).rejects.toMatchObject({ code: '23505' });
  await expect(put(3)).rejects.toMatchObject({ code: '23514', constraint: 'team_seats_bought' });
});

test('of two who press one link at once, one gets the seat; and one person gets one seat of two links', async () => {
  const { invite, team } = await aTeam(2);
  const [one, other] = [anAddress(), anAddress()];
  await invite(one, other);
  const token = await tokenOf(one);
  const people: Person[] = [];
  for (let count = 0; count < 5; count += 1) people.push(await aPerson(database));
  const outcomes = await Promise.all(people.map((person) => acceptSeat(as(person), { token })));
  expect(outcomes.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
  const seated = people[outcomes.findIndex(({ kind }) => kind === 'taken')]!;
  expect(await acceptSeat(as(seated), { token: await tokenOf(other) })).toEqual({ kind: 'already' });
  expect((await team()).seats.filter(({ name }) => name)).toHaveLength(1);
});

test('a seat that is taken back is free again, its access ends, and its person may be invited anew', async () => {
  const { buyer, itemId, invite, team, course } = await aTeam(2);
  const email = anAddress();
  const ada = await aPerson(database);
  await invite(email);
  const former = await tokenOf(email);
  await acceptSeat(as(ada), { token: former });
  const back = async () => takeSeatBack(as(buyer), { itemId, seatId: (await team()).seats[0]!.id });
  await back();
  expect([await stepOf(ada, course.slug), (await team()).seats]).toEqual(['purchase', []]);
  expect(await acceptSeat(as(ada), { token: former })).toEqual({ kind: 'gone' });
  await invite(email);
  await back();
  await invite(email);
  await acceptSeat(as(ada), { token: await tokenOf(email) });
  expect([await stepOf(ada, course.slug), (await team()).seats.length]).toEqual(['start', 1]);
});

test('who was invited before and has not come is mailed a new link, and the old one opens nothing', async () => {
  const { invite } = await aTeam(2);
  const email = anAddress();
  await invite(email);
  const former = await tokenOf(email);
  expect(await invite(email)).toEqual({ invited: 0, again: 1 });
  const ada = await aPerson(database);
  expect(await acceptSeat(as(ada), { token: former })).toEqual({ kind: 'gone' });
  expect(await acceptSeat(as(ada), { token: await tokenOf(email) })).toEqual({ kind: 'taken' });
});

test('the buyer takes a seat with one press, and who has all of it already leaves theirs free', async () => {
  const { buyer, itemId, course, invite, team } = await aTeam(2);
  const press = await Promise.all([takeOwnSeat(as(buyer), { itemId }), takeOwnSeat(as(buyer), { itemId })]);
  expect(press.map(({ kind }) => kind).sort()).toEqual(['already', 'taken']);
  expect([await stepOf(buyer, course.slug), (await team()).hasOwn]).toEqual(['start', true]);
  const owner = await aPerson(database);
  await aSettledOrder(database, { buyer: owner, items: [await aProductOf(database, { type: 'BUNDLE', courses: [course] })] });
  const email = anAddress();
  await invite(email);
  expect(await acceptSeat(as(owner), { token: await tokenOf(email) })).toEqual({ kind: 'owned' });
});

test('money given back takes every seat back, and no link opens one any more', async () => {
  const { itemId, invite, course, team } = await aTeam(3);
  const [one, other] = [anAddress(), anAddress()];
  await invite(one, other);
  const ada = await aPerson(database);
  await acceptSeat(as(ada), { token: await tokenOf(one) });
  const token = await tokenOf(other);
  await database.owner.query("update order_items set refunded_amount = total, refunded_at = '2026-05-04' where id = $1", [itemId]);
  expect(await acceptSeat(as(await aPerson(database)), { token })).toEqual({ kind: 'gone' });
  await inTransaction(database.context(system), (ctx) => withdrawItem(ctx, { orderItemId: itemId, reason: 'refunded' }));
  expect([await stepOf(ada, course.slug), await team()]).toMatchObject(['purchase', { isOpen: false, seats: [] }]);
  await expect(invite(anAddress())).rejects.toMatchObject({ code: 'conflict' });
});

test('what is no address, and more addresses than seats, are refused in words', async () => {
  const { invite } = await aTeam(2);
  await expect(invite('nobody@')).rejects.toMatchObject({ fields: { emails: expect.stringContaining('nobody@') } });
  await expect(invite('')).rejects.toMatchObject({ code: 'invalid' });
  await expect(invite(anAddress(), anAddress(), anAddress())).rejects.toMatchObject({
    fields: { emails: expect.stringContaining('2 seats') },
  });
});

test('a team is its buyer’s: nobody else sees it, invites to it or takes its seats back', async () => {
  const { order, itemId, invite, team } = await aTeam(2);
  await invite(anAddress());
  const stranger = await aPerson(database, 'ADMIN');
  await expect(teamPage(as(stranger), { orderNumber: order.number })).rejects.toMatchObject({ code: 'not-found' });
  await expect(inviteTeam(as(stranger), { itemId, emails: anAddress() })).rejects.toMatchObject({ code: 'not-found' });
  await expect(takeSeatBack(as(stranger), { itemId, seatId: (await team()).seats[0]!.id })).rejects.toMatchObject({ code: 'not-found' });
});

test('the page of a team costs one query, however many sit there', async () => {
  const { buyer, order, invite } = await aTeam(20);
  const look = () => teamPage(as(buyer), { orderNumber: order.number });
  expect(await statementsOf(look)).toHaveLength(1);
  await invite(...Array.from({ length: 20 }, anAddress));
  expect(await statementsOf(look)).toHaveLength(1);
});
