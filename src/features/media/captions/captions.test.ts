import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { captionsProblem, textOfCaptions } from './check-captions.ts';
import { fromSubrip, isSubrip } from './from-subrip.ts';

const good = `WEBVTT - of the tides

NOTE a remark

STYLE
::cue { color: yellow }

1
00:00.000 --> 00:02.500 line:80% align:start
It <i>rises</i>.

00:02.500 --> 00:04.000
It falls.
And rises.

01:00:00.000 --> 01:00:02.000 position:10%,line-left size:50%
An hour later.
`;

function problemOf(words: string | Uint8Array) {
  const text = textOfCaptions(typeof words === 'string' ? Buffer.from(words) : words);
  return typeof text === 'string' ? captionsProblem(text) : text;
}

test.each([
  ['as they should be', good],
  ['with the lines of Windows', good.replaceAll('\n', '\r\n')],
  ['of an old Mac', good.replaceAll('\n', '\r')],
  ['with a byte order mark', `\uFEFF${good}`],
  ['that overlap, as when two people speak', 'WEBVTT\n\n00:01.000 --> 00:05.000\nOne.\n\n00:02.000 --> 00:03.000\nTwo.\n'],
])('captions %s are taken', (_, text) => {
  expect(problemOf(text)).toBeUndefined();
});

test.each([
  ['no signature', '00:00.000 --> 00:02.000\nHello.\n', 1, /begin with WEBVTT/],
  ['a signature that only looks like one', 'WEBVTTX\n\n00:00.000 --> 00:02.000\nHello.\n', 1, /begin with WEBVTT/],
  ['a negative time', 'WEBVTT\n\n-00:01.000 --> 00:02.000\nHello.\n', 3, /negative/],
  ['a time with a comma', 'WEBVTT\n\n00:01,000 --> 00:02,000\nHello.\n', 3, /00:01:02.500/],
  ['seconds that a minute does not have', 'WEBVTT\n\n00:01.000 --> 00:61.000\nHello.\n', 3, /00:01:02.500/],
  ['an end before its beginning', 'WEBVTT\n\n00:03.000 --> 00:02.000\nHello.\n', 3, /ends before it begins/],
  ['captions out of order', 'WEBVTT\n\n00:03.000 --> 00:04.000\nOne.\n\n00:01.000 --> 00:02.000\nTwo.\n', 6, /begins before the one above/],
  ['a caption without words', 'WEBVTT\n\n00:01.000 --> 00:02.000\n\n', 3, /no words/],
  ['a setting that is none', 'WEBVTT\n\n00:01.000 --> 00:02.000 onclick:alert(1)\nHello.\n', 3, /says nothing about/],
  ['no caption', 'WEBVTT\n\nNOTE nothing here\n', 4, /no caption/],
  ['nothing at all', '', 1, /begin with WEBVTT/],
  ['bytes that are no text', Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\nGr\xfc\xdfe\n', 'latin1'), 4, /not UTF-8/],
  ['more than anybody reads', Buffer.alloc(2 * 1024 * 1024 + 1, 'x'), 1, /more than 2 MB/],
] as [string, string | Buffer, number, RegExp][])('captions with %s are refused, with the line', (_, text, line, problem) => {
  expect(problemOf(text)).toMatchObject({ line, problem: expect.stringMatching(problem) });
});

describe('SubRip', () => {
  const subrip =
    '\uFEFF1\n00:00:01,000 --> 00:00:02,500\n<font color="#fff">Hello</font> <i>there</i>.\n{\\an8}Up.\n\n2\n0:00:03,000 --> 0:00:04,000 X1:1\nTwo --> three.\n';

  test('becomes WebVTT with the same times and words', () => {
    expect(isSubrip(subrip)).toBe(true);
    const made = fromSubrip(subrip);
    expect(made).toBe(
      'WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\nHello <i>there</i>.\nUp.\n\n2\n00:00:03.000 --> 00:00:04.000\nTwo → three.\n',
    );
    expect(problemOf(made)).toBeUndefined();
  });

  test('is nothing else', () => {
    expect([good, 'Hello.', '1\nHello.', ''].map(isSubrip)).toEqual([false, false, false, false]);
  });
});

test('whatever bytes come, they are judged and do no harm', () => {
  const parts = fc.constantFrom(
    'WEBVTT',
    '\n',
    '-->',
    ' ',
    '00:01.000',
    '99:99:99.999',
    '-',
    '1',
    '<',
    '&',
    '\0',
    '\uFEFF',
    'align:start',
    '\r',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(parts, { maxLength: 60 }).map((all) => Buffer.from(all.join(''))),
      ),
      (bytes) => {
        const problem = problemOf(bytes);
        if (problem) expect(problem.line).toBeGreaterThan(0);
      },
    ),
    { numRuns: 500 },
  );
});
