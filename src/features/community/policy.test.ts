import { expect, test } from 'vitest';
import { type Actor, guest, system } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import { person } from '../../../tests/support/person.ts';
import { mayAnnounce } from './policy.ts';

const id = (name: string) => name as UserId;
const team = {
  instructorId: 'owner',
  others: [
    { userId: 'co', role: 'CO_INSTRUCTOR' },
    { userId: 'assistant', role: 'ASSISTANT' },
  ],
} as const;
const acted = { ...person('INSTRUCTOR', id('owner')), session: { impersonator: { id: id('admin'), name: 'Ines' } } } as unknown as Actor;

test.each<[string, Actor, boolean]>([
  ['a guest', guest, false],
  ['a student', person('STUDENT', id('someone')), false],
  ['the owner', person('INSTRUCTOR', id('owner')), true],
  ['an admin who acts as the owner', acted, false],
  ['a co-instructor', person('STUDENT', id('co')), true],
  ['an assistant', person('STUDENT', id('assistant')), false],
  ['another instructor', person('INSTRUCTOR', id('other')), false],
  ['an admin', person('ADMIN', id('admin')), true],
  ['the program itself', system, false],
])('%s', (_, actor, may) => {
  expect(mayAnnounce(actor, team)).toBe(may);
});
