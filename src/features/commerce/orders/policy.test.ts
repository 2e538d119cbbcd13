import { expect, test } from 'vitest';
import { type Actor, guest, system } from '#platform/context.ts';
import { actingAs, person } from '../../../../tests/support/person.ts';
import { mayManageOrders } from './policy.ts';

test.each<[string, Actor, boolean]>([
  ['a guest', guest, false],
  ['a student', person('STUDENT'), false],
  ['an instructor', person('INSTRUCTOR'), false],
  ['an admin', person('ADMIN'), true],
  ['somebody who acts as an admin', actingAs(person('ADMIN')), false],
  ['the program itself, which has no need to', system, false],
])('%s', (_, actor, may) => expect(mayManageOrders(actor)).toBe(may));
