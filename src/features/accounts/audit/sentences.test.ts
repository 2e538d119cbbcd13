import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Deed, hasSentence, sentenceOf } from './sentences.ts';

const source = join(import.meta.dirname, '../../..');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /^(features|routes|seed|cli)\/.*(?<!\.test)\.ts$/.test(path) && !path.endsWith('sentences.ts'),
);
const actions = files.flatMap((path) =>
  [...readFileSync(join(source, path), 'utf8').matchAll(/\baction:\s[^,;]*/g)].flatMap(([value]) =>
    [...value.matchAll(/'([a-z]+\.[A-Za-z]+)'/g)].map(([, action]) => action!),
  ),
);

test.each([...new Set(actions)].sort())('%s reads as a sentence', (action) => {
  expect(hasSentence(action)).toBe(true);
  for (const whom of ['Ada Lovelace', null]) {
    const sentence = sentenceOf(action, { who: 'Ines Okafor', whom, before: {}, after: {} });
    expect(sentence).toMatch(/^Ines Okafor [a-z]/);
    expect(sentence).not.toMatch(/undefined|null|accounts\./);
  }
});

test('the deeds of the source were found', () =>
  expect(actions).toEqual(expect.arrayContaining(['accounts.roleChanged', 'accounts.userCreated'])));

const deed = (details: Partial<Deed>): Deed => ({ who: 'Ines Okafor', whom: 'Ada Lovelace', before: {}, after: {}, ...details });

test.each([
  [
    'accounts.roleChanged',
    deed({ before: { role: 'STUDENT' }, after: { role: 'INSTRUCTOR' } }),
    'Ines Okafor changed the role of Ada Lovelace from student to instructor',
  ],
  [
    'accounts.userCreated',
    deed({ after: { role: 'STUDENT', by: 'import' } }),
    'Ines Okafor made the account of Ada Lovelace as student, by import',
  ],
  ['accounts.usernameChanged', deed({ whom: null }), 'Ines Okafor changed their own username'],
  [
    'accounts.auditLogChecked',
    deed({ who: 'The program', after: { firstBreak: '17' } }),
    'The program found the audit log broken at entry 17',
  ],
  ['fitness.flewAway', deed({}), 'Ines Okafor did “fitness.flewAway” to Ada Lovelace'],
  ['constructor', deed({}), 'Ines Okafor did “constructor” to Ada Lovelace'],
])('%s is said plainly', (action, line, sentence) => {
  expect(sentenceOf(action, line)).toBe(sentence);
});

test('an admin who acts as somebody else is named with them', () => {
  expect(sentenceOf('accounts.usernameChanged', deed({}), 'Ada Lovelace')).toBe(
    'Ines Okafor changed the username of Ada Lovelace, acting as Ada Lovelace',
  );
});
