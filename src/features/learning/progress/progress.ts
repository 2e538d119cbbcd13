/** Played seconds of a video: from, up to but without. */
export type PlayedRange = readonly [from: number, to: number];

/** A video counts as watched from this part on. */
export const watchedEnoughPercent = 90;

/** The most ranges of one report: more than anybody skips in one sitting. */
export const mostRanges = 500;

/** How much of a whole is done, as a whole percent that reaches 100 only when nothing is left. Of nothing, nothing is done. */
export function percentOf(done: number, total: number): number {
  return total === 0 ? 0 : Math.floor((done * 100) / total);
}

/** The union of ranges, in order and without touching neighbors; empty ones vanish. */
export function unionOf(ranges: readonly PlayedRange[]): PlayedRange[] {
  const union: [number, number][] = [];
  for (const [from, to] of ranges.filter(([from, to]) => from < to).sort((one, other) => one[0] - other[0])) {
    const last = union.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else union.push([from, to]);
  }
  return union;
}

/** How many seconds ranges cover. */
export function secondsOf(ranges: readonly PlayedRange[]): number {
  return unionOf(ranges).reduce((sum, [from, to]) => sum + to - from, 0);
}

/** What a player says it has played, in whole seconds and no more ranges than a report has room for: the longest ones. */
export function playedSeconds(played: readonly PlayedRange[], limit = mostRanges): PlayedRange[] {
  const whole = unionOf(played.map(([from, to]) => [Math.round(from), Math.round(to)]));
  if (whole.length <= limit) return whole;
  const longest = [...whole].sort((one, other) => other[1] - other[0] - (one[1] - one[0])).slice(0, limit);
  return unionOf(longest);
}

/** Where a video goes on: where it was left, or at its beginning when that was at the very end. */
export function resumeSecond(positionSeconds: number, durationSeconds: number): number {
  const isAtEnd = durationSeconds > 0 && positionSeconds >= durationSeconds - Math.max(5, durationSeconds * 0.03);
  return isAtEnd ? 0 : positionSeconds;
}

/**
 * The lesson that a learner goes on with: the last one, while it is not done; otherwise the first undone one after it, then the first undone one at all.
 * Undefined when all are done.
 */
export function lessonToContinue<Lesson extends { id: string; isCompleted: boolean }>(
  lessons: readonly Lesson[],
  lastLessonId: string | null,
): Lesson | undefined {
  const last = lessons.findIndex((lesson) => lesson.id === lastLessonId);
  return lessons.slice(Math.max(0, last)).find((lesson) => !lesson.isCompleted) ?? lessons.find((lesson) => !lesson.isCompleted);
}
