import { describe, expect, test } from 'vitest';
import { loadConfig } from '../config.server.ts';
import { isPackagesHost, packagesOriginOf, schoolOriginOf } from './packages-origin.ts';

const settings = { DATA_DIR: '/tmp', SECRET: 'a secret for tests that has more than 32 characters' };
const config = (more: Record<string, string> = {}) => loadConfig({ ...settings, ...more });
const origin = (school: string, more: Record<string, string> = {}) => packagesOriginOf(config(more), new URL(school));

describe('packages play', () => {
  test.each([
    ['http://localhost:3000', {}, 'http://127.0.0.1:3000'],
    ['http://localhost:5173', {}, 'http://127.0.0.1:5173'],
    ['http://127.0.0.1:4000', { ORIGIN: 'http://127.0.0.1:4000' }, 'http://localhost:4000'],
    [
      'https://school.org',
      { ORIGIN: 'https://school.org', PACKAGES_ORIGIN: 'https://play.school-files.org/' },
      'https://play.school-files.org',
    ],
  ])('of a school at %s with %j at %s', (school, more, expected) => expect(origin(school, more)).toBe(expected));

  test.each([
    ['a name of its own and nothing set', 'https://school.org', { ORIGIN: 'https://school.org' }],
    ['an address in the house', 'http://192.168.1.5:3000', {}],
  ])('nowhere at %s', (_, school, more) => expect(origin(school, more)).toBeUndefined());
});

test('a host is the packages’ or the school’s, and never both', () => {
  const isPackages = (host: string, more: Record<string, string> = {}) => isPackagesHost(config(more), host);
  expect(isPackages('127.0.0.1:3000')).toBe(true);
  expect(isPackages('localhost:3000')).toBe(false);
  expect(isPackages('127.0.0.1.evil.example')).toBe(false);
  expect(isPackages('school.org')).toBe(false);
  const fixed = { ORIGIN: 'https://school.org', PACKAGES_ORIGIN: 'https://play.example' };
  expect(isPackages('play.example', fixed)).toBe(true);
  expect(isPackages('school.org', fixed)).toBe(false);
  expect(isPackages('127.0.0.1:3000', fixed)).toBe(false);
  expect(isPackages('127.0.0.1:3000', { ORIGIN: 'https://school.org' })).toBe(false);
  expect(schoolOriginOf(config(fixed), new URL('https://play.example'))).toBe('https://school.org');
  expect(schoolOriginOf(config(), new URL('http://127.0.0.1:3000'))).toBe('http://localhost:3000');
});

test.each([
  ['the school’s own name', { ORIGIN: 'https://school.org', PACKAGES_ORIGIN: 'https://school.org:8443' }, 'another host name than ORIGIN'],
  ['the school’s own name by default', { PACKAGES_ORIGIN: 'http://localhost:4000' }, 'another host name than ORIGIN'],
  ['another scheme', { ORIGIN: 'https://school.org', PACKAGES_ORIGIN: 'http://play.example' }, 'must begin as ORIGIN does'],
])('%s is no place for packages', (_, more, message) => expect(() => config(more)).toThrow(message));
