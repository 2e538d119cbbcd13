import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceOf, differenceOfWords, mergedTexts } from './difference.ts';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 12 });

test('a difference holds both texts whole', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const parts = differenceOf(before, after);
      expect(parts.flatMap((part) => part.before)).toEqual(before);
      expect(parts.flatMap((part) => part.after)).toEqual(after);
      for (const part of parts) if (part.kind === 'same') expect(part.before).toEqual(part.after);
    }),
  );
});

test('a word that changed is a word that changed', () => {
  expect(differenceOfWords('The quick fox', 'The slow fox')).toEqual([
    { kind: 'same', before: ['The', ' '], after: ['The', ' '] },
    { kind: 'changed', before: ['quick'], after: ['slow'] },
    { kind: 'same', before: [' ', 'fox'], after: [' ', 'fox'] },
  ]);
});

test('changes of different places are put together, and of one place both stay', () => {
  expect(mergedTexts('one\ntwo\nthree', 'ONE\ntwo\nthree', 'one\ntwo\nTHREE')).toBe('ONE\ntwo\nTHREE');
  expect(mergedTexts('one', 'mine', 'theirs')).toBe('theirs\n\nmine');
  expect(mergedTexts('one\n', 'one\nmine\n', 'one\ntheirs\n')).toBe('one\ntheirs\n\nmine\n');
  expect(mergedTexts('one\ntwo', 'one', 'one\ntwo\nthree')).toContain('three');
});

test('who did not change anything gets the other’s text, whoever that is', () => {
  const text = lines.map((parts) => parts.join('\n'));
  fc.assert(
    fc.property(text, text, (base, changed) => {
      expect(mergedTexts(base, changed, base)).toBe(changed);
      expect(mergedTexts(base, base, changed)).toBe(changed);
      expect(mergedTexts(base, changed, changed)).toBe(changed);
    }),
  );
});

test('no line that somebody wrote is lost', () => {
  const unique = (prefix: string) => fc.array(fc.nat(5).map((number) => `${prefix}${number}`), { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 }), unique('mine'), unique('theirs'), fc.nat(), fc.nat(), (words, mine, theirs, one, other) => {
      const base: string[] = words;
      const ours = base.toSpliced(one % (base.length + 1), 1, ...mine);
      const others = base.toSpliced(other % (base.length + 1), 1, ...theirs);
      const merged = mergedTexts(base.join('\n'), ours.join('\n'), others.join('\n')).split('\n');
      for (const line of [...mine, ...theirs]) expect(merged).toContain(line);
    }),
  );
});
