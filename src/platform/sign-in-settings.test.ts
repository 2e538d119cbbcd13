import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { describeSettings, loadConfig } from './config.server.ts';

const base = { DATA_DIR: tmpdir(), SECRET: 'a secret for tests that has more than 32 characters' };
const signInWith = (settings: Record<string, string>) => loadConfig({ ...base, ...settings }).signIn;
const pem = (type: 'rsa' | 'ed25519', half: 'publicKey' | 'privateKey' = 'publicKey') => {
  const pair = type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519');
  return pair[half].export({ format: 'pem', type: half === 'publicKey' ? 'spki' : 'pkcs8' }).toString();
};

test('without settings the school vouches for people alone', () => {
  expect(Object.values(signInWith({})).filter((value) => value !== undefined)).toEqual([]);
});

test.each([
  [{ GOOGLE_CLIENT_ID: 'id' }, 'The setting GOOGLE_CLIENT_ID needs GOOGLE_CLIENT_SECRET beside it.'],
  [{ GITHUB_CLIENT_SECRET: 'hunter2' }, 'The setting GITHUB_CLIENT_SECRET needs GITHUB_CLIENT_ID beside it.'],
  [{ OIDC_ISSUER: 'https://campus.test', OIDC_CLIENT_ID: 'id' }, 'The setting OIDC_ISSUER needs OIDC_CLIENT_SECRET beside it.'],
  [{ CLERK_ISSUER: 'https://clerk.test' }, 'The setting CLERK_ISSUER needs CLERK_JWT_KEY beside it.'],
  [{ OIDC_ISSUER: 'http://campus.test' }, 'The setting OIDC_ISSUER must be a URL that starts with https:.'],
  [{ GITHUB_URL: 'ftp://github.test' }, 'The setting GITHUB_URL must be a URL that starts with https:.'],
  [{ CLERK_WEBHOOK_SECRET: 'hunter2' }, 'The setting CLERK_WEBHOOK_SECRET must be a signing secret that starts with whsec_.'],
  [{ CLERK_JWT_KEY: 'hunter2' }, 'The setting CLERK_JWT_KEY must be a public RSA key that starts with -----BEGIN PUBLIC KEY-----.'],
])('%j is named as what is wrong, and no secret is', (settings, message) => {
  expect(() => signInWith(settings as Record<string, string>)).toThrow(message);
  expect(message).not.toContain('hunter2');
});

test.each([
  ['a key of another kind', pem('ed25519')],
  ['its private half', pem('rsa', 'privateKey')],
])('Clerk’s key is not %s', (_, key) => {
  expect(() => signInWith({ CLERK_JWT_KEY: key, CLERK_ISSUER: 'https://clerk.test' })).toThrow('public RSA key');
});

test('Clerk’s key is taken on many lines, or on one with \\n in it', () => {
  const key = pem('rsa').trim();
  const expected = { key, issuer: 'https://clerk.test' };
  expect(signInWith({ CLERK_JWT_KEY: key, CLERK_ISSUER: 'https://clerk.test' }).clerkTokens).toEqual(expected);
  expect(signInWith({ CLERK_JWT_KEY: key.replaceAll('\n', '\\n'), CLERK_ISSUER: 'https://clerk.test' }).clerkTokens).toEqual(expected);
});

test('a provider on this machine may be asked in the open, for trying out', () => {
  const openId = { OIDC_ISSUER: 'http://localhost:4000', OIDC_CLIENT_ID: 'id', OIDC_CLIENT_SECRET: 'secret' };
  expect(signInWith(openId).openId).toEqual({
    issuer: 'http://localhost:4000',
    clientId: 'id',
    clientSecret: 'secret',
    name: 'localhost:4000',
  });
});

test('the list of settings hides what vouches', () => {
  const secrets = {
    GOOGLE_CLIENT_SECRET: 'hunter2',
    GITHUB_CLIENT_SECRET: 'hunter2',
    OIDC_CLIENT_SECRET: 'hunter2',
    CLERK_WEBHOOK_SECRET: 'hunter2',
  };
  expect(JSON.stringify(describeSettings(secrets))).not.toContain('hunter2');
});
