import { expect, test } from 'vitest';
import { avatarFill, initials } from './avatar.ts';
import { contrast, parseHex } from './color.ts';

test.each([
  ['Ada Lovelace', 'AL'],
  ['Dana', 'D'],
  ['Jean-Luc de la Tour', 'JT'],
  ['lucía herrera', 'LH'],
  ['محمد علي', 'مع'],
  ['  ', '?'],
  ['', '?'],
  ['42', '4'],
  ['@handle', 'H'],
])('the initials of "%s" are %s', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test('a person keeps their colors, however the name is spaced or capitalized', () => {
  expect(avatarFill(' ada lovelace')).toEqual(avatarFill('Ada Lovelace'));
});

test('initials read on both tones of every hue', () => {
  for (const name of Array.from({ length: 100 }, (_, index) => `Person ${index}`)) {
    const { ground, glow, ink } = avatarFill(name);
    for (const tone of [ground, glow]) expect(contrast(parseHex(ink)!, parseHex(tone)!)).toBeGreaterThanOrEqual(4.5);
  }
});
