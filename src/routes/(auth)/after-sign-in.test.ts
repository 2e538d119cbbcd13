import { expect, test } from 'vitest';
import { afterSignIn, withNext } from './after-sign-in.ts';

const at = (query: string) => new URL(`https://school.test/sign-in${query}`);

test.each([
  ['?next=/learn/typescript/first%3Fat%3D30', '/learn/typescript/first?at=30'],
  ['', '/dashboard'],
  ['?next=', '/dashboard'],
  ['?next=//evil.example', '/dashboard'],
  ['?next=/%5Cevil.example', '/dashboard'],
  ['?next=https%3A%2F%2Fevil.example', '/dashboard'],
  ['?next=javascript:alert(1)', '/dashboard'],
])('after signing in at %j one is at %j', (query, place) => {
  expect(afterSignIn(at(query))).toBe(place);
});

test.each([
  ['/sign-up', '?next=/courses%3Fq=a%26b', '/sign-up?next=%2Fcourses%3Fq%3Da%26b'],
  ['?/signIn', '?next=/dashboard', '?/signIn&next=%2Fdashboard'],
  ['/sign-up', '', '/sign-up'],
  ['/sign-up', '?next=//evil.example', '/sign-up'],
])('on the way to %j from %j the goal is kept: %j', (path, query, link) => {
  expect(withNext(path, at(query))).toBe(link);
});
