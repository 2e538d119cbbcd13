import { expect, test } from 'vitest';
import { type Actor, guest, system } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import { person } from '../../../tests/support/person.ts';
import { mayChangeCoupon, mayMakeCoupons, mayRunShop, mayWish } from './policy.ts';

const id = (name: string) => name as UserId;
const student = person('STUDENT', id('someone'));

test.each<[string, Actor, boolean]>([
  ['a guest', guest, false],
  ['a student', student, true],
  ['an instructor', person('INSTRUCTOR', id('teacher')), true],
  ['an admin', person('ADMIN', id('admin')), true],
  ['the program itself', system, false],
])('%s', (_, actor, may) => expect(mayWish(actor)).toBe(may));

const teacher = person('INSTRUCTOR', id('teacher'));
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
