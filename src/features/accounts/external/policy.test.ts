import { expect, test } from 'vitest';
import type { UserId } from '#platform/ids.ts';
import { type Arrival, mayDisconnect, verdictOn, verdictOnReport } from './policy.ts';

const [ada, bob] = ['ada', 'bob'] as UserId[];
const owner = { id: ada as UserId, emailVerified: true, role: 'STUDENT', twoFactorEnabled: false } as const;
const stranger: Arrival = {
  purpose: 'sign-in',
  email: 'ada@campus.test',
  emailVerified: true,
  connectedTo: null,
  owner: null,
  asker: null,
};
const asker = { id: ada as UserId, hasOneOfThisProvider: false };
const connecting: Arrival = { ...stranger, purpose: 'connect', asker };

test.each<[string, Arrival, string]>([
  ['a connected identity', { ...stranger, connectedTo: ada as UserId }, 'enter'],
  ['a connected identity whose address has become another’s', { ...stranger, connectedTo: bob as UserId, owner }, 'enter'],
  ['a connected identity that has lost its address', { ...stranger, connectedTo: ada as UserId, email: undefined }, 'enter'],
  ['someone new', stranger, 'sign-up'],
  ['someone new without an address', { ...stranger, email: undefined, emailVerified: false }, 'no-address'],
  ['someone new with an unconfirmed address', { ...stranger, emailVerified: false }, 'unverified-address'],
  ['an unconfirmed address of somebody here, which is not told', { ...stranger, emailVerified: false, owner }, 'unverified-address'],
  ['the address of somebody here', { ...stranger, owner }, 'address-taken'],
  ['the address of an unconfirmed sign-up', { ...stranger, owner: { ...owner, emailVerified: false } }, 'replace-sign-up'],
  ['the address of an unconfirmed admin', { ...stranger, owner: { ...owner, emailVerified: false, role: 'ADMIN' } }, 'address-taken'],
  ['whoever connects a free identity', connecting, 'connect'],
  ['whoever connects one with another address', { ...connecting, email: 'else@campus.test' }, 'connect'],
  ['whoever connects one with an unconfirmed address', { ...connecting, emailVerified: false }, 'connect'],
  ['whoever connects one with somebody else’s address', { ...connecting, owner: { ...owner, id: bob as UserId } }, 'connect'],
  ['whoever connects what is theirs already', { ...connecting, connectedTo: ada as UserId }, 'connected-already'],
  ['whoever connects what is another’s', { ...connecting, connectedTo: bob as UserId }, 'connected-elsewhere'],
  ['whoever connects a second one', { ...connecting, asker: { ...asker, hasOneOfThisProvider: true } }, 'one-already'],
])('%s: %#', (_, arrival, verdict) => {
  expect(verdictOn(arrival)).toBe(verdict);
});

test.each<[string, Parameters<typeof verdictOnReport>[0], string]>([
  ['someone new', stranger, 'sign-up'],
  ['someone whose address is not confirmed', { ...stranger, emailVerified: false }, 'unverified-address'],
  ['someone without an address', { ...stranger, email: undefined, emailVerified: false }, 'no-address'],
  ['a student of the school', { ...stranger, owner }, 'connect'],
  ['an instructor of the school', { ...stranger, owner: { ...owner, role: 'INSTRUCTOR' } }, 'connect'],
  ['an admin of the school', { ...stranger, owner: { ...owner, role: 'ADMIN' } }, 'address-taken'],
  ['someone with a second factor', { ...stranger, owner: { ...owner, twoFactorEnabled: true } }, 'address-taken'],
  ['an unconfirmed sign-up', { ...stranger, owner: { ...owner, emailVerified: false } }, 'replace-sign-up'],
  ['an unconfirmed instructor', { ...stranger, owner: { ...owner, emailVerified: false, role: 'INSTRUCTOR' } }, 'address-taken'],
])('Clerk reports %s: %#', (_, report, verdict) => {
  expect(verdictOnReport(report)).toBe(verdict);
});

test.each([
  [{ password: false, passkeys: 0, identities: 0 }, false],
  [{ password: true, passkeys: 0, identities: 0 }, true],
  [{ password: false, passkeys: 1, identities: 0 }, true],
  [{ password: false, passkeys: 0, identities: 1 }, true],
])('with %j left, an identity may be disconnected: %s', (ways, expected) => {
  expect(mayDisconnect(ways)).toBe(expected);
});
