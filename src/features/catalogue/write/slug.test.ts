import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeSlug, slugOf } from './slug.ts';

test.each([
  ['TypeScript from first principles', 'typescript-from-first-principles'],
  ['Crème brûlée & Straße', 'creme-brulee-and-strasse'],
  ['Øvelse i Łódź', 'ovelse-i-lodz'],
  ['Введение в программирование', 'vvedenie-v-programmirovanie'],
  ['Εισαγωγή', 'eisagogi'],
  ['C++, C# and .NET', 'cpp-c-sharp-and-dotnet'],
  ['What’s new?', 'whats-new'],
  ['  --  ', 'course'],
  ['हिन्दी', 'course'],
])('%j is %s in an address', (title, slug) => {
  expect(slugOf(title, 'course')).toBe(slug);
});

test('whatever the title, the slug is one that the database takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
      const slug = slugOf(title, 'course');
      expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(slug.length).toBeLessThanOrEqual(80);
    }),
  );
});

test('a slug that is taken gets the first free number', () => {
  expect(freeSlug('intro', ['intro', 'intro-2', 'intro-4'])).toBe('intro-3');
  expect(freeSlug('intro', ['intro-2'])).toBe('intro');
});
