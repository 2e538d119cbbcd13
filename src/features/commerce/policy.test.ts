import { expect, test } from 'vitest';
import { type Actor, guest, system } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import { person } from '../../../tests/support/person.ts';
import {
  mayBundle,
  mayChangeCoupon,
  mayEditProduct,
  mayFillCart,
  mayHandOut,
  mayMakeCoupons,
  mayRunShop,
  mayTake,
  mayWish,
} from './policy.ts';

const id = (name: string) => name as UserId;
const student = person('STUDENT', id('someone'));

test.each<[string, Actor, boolean]>([
  ['a guest', guest, false],
  ['a student', student, true],
  ['an instructor', person('INSTRUCTOR', id('teacher')), true],
  ['an admin', person('ADMIN', id('admin')), true],
  ['the program itself', system, false],
])('%s keeps a wishlist and a cart: %s', (_, actor, may) => expect([mayWish(actor), mayFillCart(actor)]).toEqual([may, may]));

test('an admin who acts as somebody else keeps neither', () => {
  const actingAs = { ...student, session: { impersonator: { id: id('admin'), name: 'Ines' } } } as Actor;
  expect([mayWish(actingAs), mayFillCart(actingAs)]).toEqual([false, false]);
});

const teacher = person('INSTRUCTOR', id('teacher'));
test.each<[string, Actor, boolean, boolean, boolean]>([
  ['a guest', guest, false, false, false],
  ['its owner, who teaches no more', person('STUDENT', id('teacher')), false, false, false],
  ['its owner', teacher, true, false, true],
  ['another instructor', person('INSTRUCTOR', id('another')), false, false, false],
  ['an admin', person('ADMIN', id('admin')), true, true, true],
  ['the program itself', system, true, true, true],
])('%s changes the bundle: %s, the membership: %s, sells the course in it: %s', (_, actor, bundle, membership, course) => {
  const ownerId = id('teacher');
  const answers = [
    mayEditProduct(actor, { type: 'BUNDLE', ownerId }),
    mayEditProduct(actor, { type: 'MEMBERSHIP', ownerId }),
    mayBundle(actor, { instructorId: ownerId }),
  ];
  expect(answers).toEqual([bundle, membership, course]);
});

test.each<[string, Actor, boolean, boolean, boolean, boolean]>([
  ['a guest', guest, false, false, false, false],
  ['a student', student, false, false, false, false],
  ['an instructor', teacher, false, true, true, false],
  ['who taught once and is a student now', person('STUDENT', id('teacher')), false, false, false, false],
  ['another instructor', person('INSTRUCTOR', id('other')), false, true, false, false],
  ['an admin', person('ADMIN', id('admin')), true, true, true, true],
  ['the program itself', system, true, true, true, true],
])('%s runs the shop, makes coupons, changes those of an instructor and those of the school', (_, actor, runs, makes, theirs, schools) => {
  expect(mayRunShop(actor)).toBe(runs);
  expect(mayMakeCoupons(actor)).toBe(makes);
  expect(mayChangeCoupon(actor, { instructorId: id('teacher') })).toBe(theirs);
  expect(mayChangeCoupon(actor, { instructorId: null })).toBe(schools);
});

test.each<[string, Actor, boolean, boolean]>([
  ['a guest', guest, false, false],
  ['the buyer', student, true, true],
  ['somebody else', person('STUDENT', id('other')), true, false],
  ['an admin', person('ADMIN', id('admin')), true, false],
  ['an admin who acts as the buyer', { ...student, session: { impersonator: { id: id('admin'), name: 'Ines' } } } as Actor, false, false],
  ['the program itself', system, false, false],
])('%s takes gifts, seats and memberships: %s, hands out what the buyer bought: %s', (_, actor, takes, handsOut) => {
  expect([mayTake(actor), mayHandOut(actor, { buyerId: id('someone') })]).toEqual([takes, handsOut]);
});
