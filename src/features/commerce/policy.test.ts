import { expect, test } from 'vitest';
import { type Actor, guest, system } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import { person } from '../../../tests/support/person.ts';
import { mayWish } from './policy.ts';

const id = (name: string) => name as UserId;
const student = person('STUDENT', id('someone'));

test.each<[string, Actor, boolean]>([
  ['a guest', guest, false],
  ['a student', student, true],
  ['an instructor', person('INSTRUCTOR', id('teacher')), true],
  ['an admin', person('ADMIN', id('admin')), true],
  ['the program itself', system, false],
])('%s', (_, actor, may) => expect(mayWish(actor)).toBe(may));
