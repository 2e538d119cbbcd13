import { expect, test } from 'vitest';
import { type Actor, guest, type Person, system } from '#platform/context.ts';
import { type ApiKeyId, newId, type SessionId } from '#platform/ids.ts';
import { person } from '../../../../tests/support/person.ts';
import { bearsScope } from './policy.ts';

const session = { id: newId() as string as SessionId, startedAt: new Date(0), impersonator: null };
const withKey = (scopes: string[]): Person => ({ ...person('ADMIN'), apiKey: { id: newId() as string as ApiKeyId, scopes } });

test.each<[string, Actor, boolean]>([
  ['a guest', guest, false],
  ['a student in their browser', { ...person('STUDENT'), session }, false],
  ['an admin in their browser', { ...person('ADMIN'), session }, false],
  ['a key with the scope', withKey(['profile:read']), true],
  ['a key with another scope', withKey(['email:read']), false],
  ['a key without scopes', withKey([]), false],
  ['the program', system, false],
])('%s reads a profile by key: %s', (_, actor, reads) => {
  expect(bearsScope(actor, 'profile:read')).toBe(reads);
});
