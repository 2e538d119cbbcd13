import { expect, test } from 'vitest';
import { sourceReference } from '../../draft.ts';
import { homeSiteOf } from './home-site.ts';
import { imageFor } from './images.ts';
import { localPath } from './paths.ts';
import { resolveReferences } from './references.ts';

const files = new Set(['one/a.md', 'one/a/imgs/00.png', 'one/b/imgs/00.png', 'two/b.md', 'two/b.pdf', 'shared/logo.png', 'README.md']);
const lessons = new Set(['one/a.md', 'two/b.md']);
const surroundings = { files, lessons, firstLessons: new Map([['two', 'two/b.md']]), home: homeSiteOf([], [...lessons]) };
const resolved = (markdown: string) => resolveReferences('one/a.md', markdown, surroundings);

test.each([
  ['../two/b.md', sourceReference.toLesson('two/b.md', '')],
  ['/two/b.md#part', sourceReference.toLesson('two/b.md', '#part')],
  ['../two/b', sourceReference.toLesson('two/b.md', '')],
  ['../two/b.html', sourceReference.toLesson('two/b.md', '')],
  ['../two/', sourceReference.toLesson('two/b.md', '')],
  ['../two/b.pdf', sourceReference.toFile('two/b.pdf')],
  ['https://github.com/x/y/blob/main/course/two/b.md#part', sourceReference.toLesson('two/b.md', '#part')],
  ['#part', '#part'],
  ['https://example.com/', 'https://example.com/'],
])('the link %s is %s', (address, expected) => {
  expect(resolved(`[x](${address})`).markdown).toBe(`[x](${expected})`);
});

test.each(['../../etc/passwd', '/../../etc/passwd', '..%2f..%2fetc%2fpasswd', '..%5c..%5csecret.md'])(
  'the link %s leads out of the folder and is said to',
  (address) => {
    expect(resolved(`[x](${address})`).leftOut[0]?.what).toMatch(/leads out of the folder/);
  },
);

test.each(['a.md', 'README.md', 'x%'])('%s stays within', (address) => {
  expect(localPath('one/a.md', address)).toBe(`one/${address}`);
});

test('a picture at a far address is the file beside the text that its address ends with', () => {
  const far = 'https://cdn.test/gh/x/y/0123abc/elsewhere/imgs/00.png';
  expect(imageFor('one/a.md', far, files)).toEqual({ kind: 'file', path: 'one/a/imgs/00.png', wasFar: true });
  expect(imageFor('two/b.md', far, files)).toEqual({ kind: 'far' });
  expect(imageFor('two/b.md', 'https://cdn.test/b/imgs/00.png', files)).toEqual({ kind: 'file', path: 'one/b/imgs/00.png', wasFar: true });
  expect(imageFor('two/b.md', 'https://cdn.test/logo.png', files)).toEqual({ kind: 'far' });
  expect(imageFor('two/b.md', 'https://cdn.test/../../shared/logo.png', files)).toEqual({
    kind: 'file',
    path: 'shared/logo.png',
    wasFar: true,
  });
});

test.each([
  ['../shared/logo.png', 'file'],
  ['nowhere.png', 'missing'],
  ['../../outside.png', 'outside'],
  ['data:image/png;base64,AAAA', 'embedded'],
  ['file:///etc/passwd', 'missing'],
])('the picture %s is %s', (address, kind) => {
  expect(imageFor('one/a.md', address, files).kind).toBe(kind);
});

test('a host that links to two lessons of the course is the course’s own; one likeness is chance', () => {
  const paths = ['computer_science/hash_map.md', 'tools/npm.md', 'project_library.md'];
  const own = homeSiteOf(
    ['[a](https://own.test/lessons/path-hash-map) [b](https://own.test/lessons/path-npm#x) [c](https://else.test/lessons/npm)'],
    paths,
  );
  expect(own.lessonAt('https://own.test/lessons/js-hashmap')).toBe('computer_science/hash_map.md');
  expect(own.lessonAt('https://own.test/lessons/js-library')).toBe('project_library.md');
  expect(own.lessonAt('https://own.test/lessons/anything-else')).toBeUndefined();
  expect(own.lessonAt('https://else.test/lessons/npm')).toBeUndefined();
  expect(own.lessonAt('https://own.test/npm')).toBeUndefined();
});
