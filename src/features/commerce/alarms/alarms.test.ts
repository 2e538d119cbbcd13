import { beforeAll, expect, test } from 'vitest';
import type { Person } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest, system, testDatabase } from '../../../../tests/support/database.ts';
import { aPaidOrder } from '../../../../tests/support/sold-order.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { alarmPage, alarmsPage, openAlarms } from './alarms-page.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { resolveAlarm } from './resolve-alarm.ts';

const database = testDatabase();
let admin: Person;
beforeAll(async () => {
  admin = await aPerson(database, 'ADMIN', { name: 'Ada Admin' });
});

const raise = (key: string, kind = 'paid-late', orderId: string | null = null, details = {}) =>
  inTransaction(database.context(system), (ctx) => raiseAlarm(ctx, { key, kind, orderId, details }));

test('an alarm is opened, resolved once with a note by whoever was first, and stands in the audit log', async () => {
  const order = await aPaidOrder(database);
  await raise('first', 'paid-late', order.id, { providerPaymentId: 'pi_1', paid: 1250, currency: 'USD' });
  await raise('first', 'paid-late', order.id);
  const ctx = database.context(admin);
  const { alarms } = await alarmsPage(ctx, { show: 'open' });
  expect(alarms).toMatchObject([{ title: 'Money for an order that was given up', orderNumber: order.number }]);
  expect(await openAlarms(ctx)).toBe(1);
  const id = alarms[0]!.id;
  expect((await alarmPage(ctx, { id })).details.sort()).toEqual([
    ['Paid', '$12.50'],
    ['Provider payment id', 'pi_1'],
  ]);
  await expect(resolveAlarm(ctx, { id, note: ' ' })).rejects.toMatchObject({ code: 'invalid' });
  const answers = await Promise.all(['Sent back.', 'Sent it back, too.'].map((note) => resolveAlarm(ctx, { id, note })));
  expect(answers.sort()).toEqual(['already', 'resolved']);
  expect(await alarmPage(ctx, { id })).toMatchObject({ resolvedBy: 'Ada Admin', note: expect.stringMatching(/^Sent/) });
  expect([(await alarmsPage(ctx, { show: 'open' })).alarms, (await alarmsPage(ctx, { show: 'resolved' })).alarms.length]).toEqual([[], 1]);
  const { rows } = await database.owner.query(`select actor_id as actor from audit_log where action = 'commerce.alarmResolved'`);
  expect(rows).toEqual([{ actor: admin.id }]);
});

test('alarms are for admins alone', async () => {
  for (const actor of [guest, await aPerson(database), await aPerson(database, 'INSTRUCTOR')]) {
    const ctx = database.context(actor);
    await expect(alarmsPage(ctx, { show: 'open' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(alarmPage(ctx, { id: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(resolveAlarm(ctx, { id: 'x', note: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await openAlarms(ctx)).toBeNull();
  }
});

test('the list goes on where it ended, in one query, and names a kind that it does not know', async () => {
  for (let number = 0; number < 53; number += 1) await raise(`many ${number}`, 'something-new');
  const ctx = database.context(admin);
  const first = await alarmsPage(ctx, { show: 'open' });
  const rest = await alarmsPage(ctx, { show: 'open', before: first.older });
  expect([first.alarms.length, rest.alarms.length, rest.older]).toEqual([50, 3, null]);
  expect(new Set([...first.alarms, ...rest.alarms].map(({ id }) => id)).size).toBe(53);
  expect(first.alarms[0]?.title).toBe('Something new');
  expect(await statementsOf(() => alarmsPage(ctx, { show: 'open' }))).toHaveLength(1);
});
