import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passwordMinLength, passwordProblem } from './password.ts';

const ada = { name: 'Ada Lovelace', email: 'ada.lovelace@school.test' };

test.each(['correct horse battery staple', 'lakes and nine tin boats', '837465019283', 'zwölf grüne Äpfel', 'abc928374650'])(
  '%j is a good password',
  (password) => {
    expect(passwordProblem(password, ada)).toBeUndefined();
  },
);

test.each(['short', 'elevenchars', ''])('%j is too short', (password) => {
  expect(passwordProblem(password, ada)).toContain('12 characters or more');
});

test('what counts is what a person sees: eleven emoji are too short', () => {
  expect(passwordProblem('🦊'.repeat(11), ada)).toContain('12 characters or more');
});

test.each([
  'password1234',
  'Password!!!!',
  'aaaaaaaaaaaa',
  'abcabcabcabc',
  '123456789012',
  'qwertyuiop12',
  'abcdefghijkl',
  'welcome12345',
  'lyceum-demo-school',
])('%j is too easy to guess', (password) => {
  expect(passwordProblem(password, ada)).toContain('easy to guess');
});

test.each(['ada.lovelace@school.test', 'Ada Lovelace', 'adalovelace2024'])('%j is the person’s own name or address', (password) => {
  expect(passwordProblem(password, ada)).toContain('your name or e-mail');
});

test('a password of endless length is refused before anybody hashes it', () => {
  expect(passwordProblem('ab c'.repeat(100), ada)).toContain('at most 256');
});

test('no kind of character is ever required', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...'bcdfghjklmnprstvwxz'), { minLength: 16, maxLength: 40 }), (letters) => {
      const problem = passwordProblem(letters.join(''), ada);
      expect(problem === undefined || problem.includes('easy to guess')).toBe(true);
    }),
  );
  expect(passwordMinLength).toBe(12);
});
