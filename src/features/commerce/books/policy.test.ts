import { expect, test } from 'vitest';
import { type Actor, guest, system } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import { actingAs, person } from '../../../../tests/support/person.ts';
import { mayKeepBooks, mayReadStatement } from './policy.ts';

const id = (name: string) => name as UserId;

test.each<[string, Actor, boolean, boolean]>([
  ['a guest', guest, false, false],
  ['a student', person('STUDENT', id('someone')), false, true],
  ['an instructor', person('INSTRUCTOR', id('teacher')), false, true],
  ['an admin', person('ADMIN', id('admin')), true, true],
  ['somebody who acts as an admin', actingAs(person('ADMIN', id('admin'))), false, true],
  ['the program itself', system, false, false],
])('%s', (_, actor, keeps, reads) => expect([mayKeepBooks(actor), mayReadStatement(actor)]).toEqual([keeps, reads]));
