import { expect, test } from 'vitest';
import { type Actor, guest, system } from '#platform/context.ts';
import { newId, type SessionId, type UserId } from '#platform/ids.ts';
import { person } from '../../../../tests/support/person.ts';
import { mayOrder, maySeeOrder } from './policy.ts';

const id = (name: string) => name as UserId;
const buyer = person('STUDENT', id('buyer'));
const impersonated: Actor = {
  ...buyer,
  session: { id: newId<'session'>() as SessionId, startedAt: new Date(0), impersonator: { id: id('admin'), name: 'An admin' } },
};

test.each<[string, Actor, boolean, boolean]>([
  ['a guest', guest, false, false],
  ['the buyer', buyer, true, true],
  ['an admin who acts as the buyer', impersonated, false, true],
  ['another student', person('STUDENT', id('other')), true, false],
  ['an instructor', person('INSTRUCTOR', id('teacher')), true, false],
  ['an admin', person('ADMIN', id('admin')), true, false],
  ['the program itself', system, false, false],
])('%s', (_, actor, orders, sees) => {
  expect(mayOrder(actor)).toBe(orders);
  expect(maySeeOrder(actor, { buyerId: id('buyer') })).toBe(sees);
});
