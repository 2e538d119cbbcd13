import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lessonToContinue, type PlayedRange, percentOf, playedSeconds, resumeSecond, secondsOf, unionOf } from './progress.ts';

const range = fc.tuple(fc.nat(300), fc.nat(300)).map(([from, length]): PlayedRange => [from, from + length]);
const ranges = fc.array(range, { maxLength: 20 });

/** The seconds that ranges cover, the slow and certain way. */
function covered(all: readonly PlayedRange[]): Set<number> {
  const seconds = new Set<number>();
  for (const [from, to] of all) for (let second = from; second < to; second += 1) seconds.add(second);
  return seconds;
}

describe('the union of played seconds', () => {
  test('covers exactly the seconds that were played, however they were played', () => {
    fc.assert(
      fc.property(ranges, (played) => {
        expect(covered(unionOf(played))).toEqual(covered(played));
      }),
    );
  });

  test('is in order, and no two of its ranges touch', () => {
    fc.assert(
      fc.property(ranges, (played) => {
        const union = unionOf(played);
        for (const [index, [from, to]] of union.entries()) {
          expect(from).toBeLessThan(to);
          if (index > 0) expect(from).toBeGreaterThan(union[index - 1]![1]);
        }
      }),
    );
  });

  test('does not care for the order of reports, nor for one that comes twice', () => {
    fc.assert(
      fc.property(ranges, ranges, (one, other) => {
        expect(unionOf([...one, ...other])).toEqual(unionOf([...other, ...one, ...one]));
        expect(unionOf([...unionOf(one), ...other])).toEqual(unionOf([...one, ...other]));
      }),
    );
  });

  test('rewatching counts nothing twice, and more watching never counts less', () => {
    fc.assert(
      fc.property(ranges, ranges, (one, more) => {
        expect(secondsOf([...one, ...one])).toBe(secondsOf(one));
        expect(secondsOf([...one, ...more])).toBeGreaterThanOrEqual(secondsOf(one));
        expect(secondsOf(one)).toBe(covered(one).size);
      }),
    );
  });

  test('skipping adds nothing: two ends of a film are two seconds', () => {
    expect(
      secondsOf([
        [0, 1],
        [599, 600],
      ]),
    ).toBe(2);
  });
});

describe('what a player reports', () => {
  const fraction = fc.double({ min: 0, max: 600, noNaN: true });
  const played = fc.array(
    fc.tuple(fraction, fraction).map(([one, other]): PlayedRange => [Math.min(one, other), Math.max(one, other)]),
    { maxLength: 30 },
  );

  test('is in whole seconds and never more ranges than agreed', () => {
    fc.assert(
      fc.property(played, fc.integer({ min: 1, max: 10 }), (ranges, limit) => {
        const report = playedSeconds(ranges, limit);
        expect(report.length).toBeLessThanOrEqual(limit);
        expect(report.flat().every(Number.isInteger)).toBe(true);
      }),
    );
  });

  test('gives up the shortest ranges when there are too many', () => {
    expect(
      playedSeconds(
        [
          [0, 10],
          [20, 22],
          [30, 45],
        ],
        2,
      ),
    ).toEqual([
      [0, 10],
      [30, 45],
    ]);
  });

  test('does not stretch what was played by more than a second for each stretch', () => {
    fc.assert(
      fc.property(played, (ranges) => {
        expect(Math.abs(secondsOf(playedSeconds(ranges, 100)) - secondsOf(ranges))).toBeLessThanOrEqual(ranges.length);
      }),
    );
  });
});

describe('percent', () => {
  test('is from 0 to 100, is 100 only when all is done, and grows with what is done', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (total, some) => {
        const done = Math.min(some, total);
        const percent = percentOf(done, total);
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(percent === 100).toBe(done === total);
        if (done > 0) expect(percent).toBeGreaterThanOrEqual(percentOf(done - 1, total));
      }),
    );
  });

  test('of a course in which nothing counts is 0', () => expect(percentOf(0, 0)).toBe(0));
});

describe('the lesson to continue with', () => {
  const lessons = (done: string) => [...done].map((mark, index) => ({ id: `lesson ${index}`, isCompleted: mark === 'x' }));
  test.each([
    ['...', null, 0],
    ['x..', 'lesson 0', 1],
    ['x..', 'lesson 1', 1],
    ['.x.', 'lesson 1', 2],
    ['.xx', 'lesson 2', 0],
    ['x.x', 'lesson that is gone', 1],
  ])('with %s done and %s as the last one is number %i', (done, last, expected) => {
    expect(lessonToContinue(lessons(done), last)?.id).toBe(`lesson ${expected}`);
  });

  test('is none when all are done', () => expect(lessonToContinue(lessons('xxx'), 'lesson 1')).toBeUndefined());
});

test('a film goes on where it was left, and from its beginning once it had reached its end', () => {
  expect(resumeSecond(200, 600)).toBe(200);
  expect(resumeSecond(596, 600)).toBe(0);
  expect(resumeSecond(50, 0)).toBe(50);
});
