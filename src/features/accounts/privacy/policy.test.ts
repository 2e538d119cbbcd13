import { expect, test } from 'vitest';
import { type Actor, guest, type Person, type Role, system } from '#platform/context.ts';
import { type ApiKeyId, newId, type SessionId, type UserId } from '#platform/ids.ts';
import { person } from '../../../../tests/support/person.ts';
import { isThemselves, mayClosePerson } from './policy.ts';

const me = newId<'user'>();
const inBrowser = (role: Role, id: UserId = newId<'user'>()): Person => ({
  ...person(role, id),
  session: { id: newId() as string as SessionId, startedAt: new Date(0), impersonator: null },
});
const impersonated = (role: Role): Person => ({
  ...person(role, me),
  session: { id: newId() as string as SessionId, startedAt: new Date(0), impersonator: { id: newId<'user'>(), name: 'Ines' } },
});
const byKey = (role: Role, id: UserId): Person => ({ ...person(role, id), apiKey: { id: newId() as string as ApiKeyId, scopes: [] } });

test.each<[string, Actor, boolean, boolean]>([
  ['a guest', guest, false, false],
  ['the person, who has another way', inBrowser('STUDENT', me), false, true],
  ['an admin, of their own account', inBrowser('ADMIN', me), false, true],
  ['another student', inBrowser('STUDENT'), false, true],
  ['an instructor', inBrowser('INSTRUCTOR'), false, true],
  ['an admin', inBrowser('ADMIN'), true, true],
  ['an admin who acts as the person', impersonated('STUDENT'), false, false],
  ['the person’s API key', byKey('STUDENT', me), false, false],
  ['an admin’s API key', byKey('ADMIN', newId<'user'>()), false, false],
  ['the program', system, true, false],
])('%s: closes somebody’s account %s, is somebody themselves %s', (_, actor, closes, themselves) => {
  expect(mayClosePerson(actor, me)).toBe(closes);
  expect(isThemselves(actor)).toBe(themselves);
});
