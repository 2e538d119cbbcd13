import { expect, test } from 'vitest';
import { excerpt, readingSeconds } from './reading.ts';

test('reading takes whole minutes, at least one; code is read slower than words', () => {
  expect(readingSeconds('A few words.')).toBe(60);
  expect(readingSeconds('word '.repeat(2200))).toBe(600);
  expect(readingSeconds(`\`\`\`js\n${'line\n'.repeat(60)}\`\`\``)).toBe(180);
});

test('an excerpt is the first paragraph as plain text, ended at a word', () => {
  expect(excerpt('# Title\n\nSome **bold** [words](x)\nand `code`.\n\nMore.')).toBe('Some bold words and code.');
  expect(excerpt('alpha beta gamma delta', 14)).toBe('alpha beta…');
  expect(excerpt('')).toBe('');
});
