import { expect, test } from 'vitest';
import { categoryTree } from './category-tree.ts';

const category = (value: string, parent: string | null) => ({ value, label: value, parent, count: 1 });
const all = [
  category('science', null),
  category('physics', 'science'),
  category('optics', 'physics'),
  category('lost', 'empty'),
  category('art', null),
];
const shown = (chosen: string | null) => categoryTree(all, chosen).map(({ value, depth }) => `${depth} ${value}`);

test('the tree opens along the way to what is chosen, and nowhere else', () => {
  expect(shown(null)).toEqual(['0 science', '0 lost', '0 art']);
  expect(shown('science')).toEqual(['0 science', '1 physics', '0 lost', '0 art']);
  expect(shown('optics')).toEqual(['0 science', '1 physics', '2 optics', '0 lost', '0 art']);
  expect(shown('unknown')).toEqual(['0 science', '0 lost', '0 art']);
});
