import { expect, test } from 'vitest';
import { inOrder } from './ordering.ts';
import { outlineOf } from './outline.ts';
import { takeTitle, titleFromName } from './titles.ts';

test.each([
  ['# Title\n\ntext', 'Title', 'text'],
  ['Title\n=====\n\n# Another', 'Title', '# Another'],
  ['## Only `one`\n\n### Below', 'Only one', '### Below'],
  ['### Introduction\n\ntext\n\n### The rest', undefined, undefined],
  ['text first\n\n# Title', undefined, undefined],
  ['no heading', undefined, undefined],
])('the title of %j is %j', (markdown, title, body) => {
  const taken = takeTitle(markdown);
  expect(taken.title).toBe(title);
  expect(taken.body.trim()).toBe(body ?? markdown);
});

test.each([
  ['01-getting-started.md', '', 'Getting started'],
  ['2.3_json_and_apis.md', 'JSON is JSON. APIs are APIs, api.js is not.', 'JSON and APIs'],
  ['npm.md', 'npm is npm', 'npm'],
  ['es6_modules.md', 'In `ES6` and ```js\nes6 es6\n``` ES6 modules', 'ES6 modules'],
  ['2024.md', '', '2024'],
  ["it's (C++) [$1].md", 'C++ is C++', "It's (C++) [$1]"],
])('%s is called %j', (name, text, title) => {
  expect(titleFromName(name, text)).toBe(title);
});

const names = (places: { name: string; order?: number; listed?: number }[]) =>
  inOrder(places, ({ name, order, listed }) => ({ name, order, listed })).map((place) => place.name);

test('numbers in names count as numbers', () => {
  expect(names([{ name: '10-ten' }, { name: '2-two' }, { name: '1-one' }])).toEqual(['1-one', '2-two', '10-ten']);
});

test('an introduction comes first and a conclusion last, where nothing else is said', () => {
  expect(names([{ name: 'conclusion' }, { name: 'basics' }, { name: 'introduction' }, { name: 'interesting' }])).toEqual([
    'introduction',
    'basics',
    'interesting',
    'conclusion',
  ]);
});

test('front matter goes before an index, and an index before the name', () => {
  expect(names([{ name: 'a' }, { name: 'b', listed: 2 }, { name: 'c', listed: 1 }, { name: 'd', order: 5 }])).toEqual(['d', 'c', 'b', 'a']);
});

test('folders are chapters, files are lessons, and the pages about them are neither', () => {
  expect(outlineOf(['README.md', 'LICENSE.md', 'SUMMARY.md', 'one/README.md', 'one/a.md', 'one/imgs/x.png', 'two/b.md'])).toEqual({
    course: 'README.md',
    summary: 'SUMMARY.md',
    aside: ['LICENSE.md'],
    folders: [
      { folder: 'one', chapter: 'one/README.md', lessons: ['one/a.md'] },
      { folder: 'two', chapter: undefined, lessons: ['two/b.md'] },
    ],
  });
});

test('a folder with nothing but an index is a lesson of the folder above', () => {
  const { folders } = outlineOf([
    'course.md',
    'one/first/README.md',
    'one/second/index.md',
    'one/chapter.md',
    'two/README.md',
    'two/x.png',
  ]);
  expect(folders).toEqual([
    { folder: 'one', chapter: 'one/chapter.md', lessons: ['one/first/README.md', 'one/second/index.md'] },
    { folder: 'two', chapter: undefined, lessons: ['two/README.md'] },
  ]);
  expect(outlineOf(['a/README.md', 'b/README.md']).folders).toEqual([
    { folder: '', chapter: undefined, lessons: ['a/README.md', 'b/README.md'] },
  ]);
});
