import type { LocalDate } from '#platform/time.ts';

/** Days in a row with learning. */
export interface Streaks {
  /** Up to today, or to yesterday while today may still come. */
  currentDays: number;
  longestDays: number;
}

const dayMs = 86_400_000;

/** The number of a calendar day. A date has no clock, so that no change of the clocks makes one longer. */
const numberOf = (date: LocalDate) => Date.parse(`${date}T00:00:00Z`) / dayMs;

/** The streaks of a learner whose learning days are these, in any order. Days after today (a learner who moved their clock) count for none. */
export function streaks(dates: readonly LocalDate[], today: LocalDate): Streaks {
  const now = numberOf(today);
  const days = [...new Set(dates.map(numberOf))].filter((day) => day <= now).sort((a, b) => a - b);
  let longestDays = 0;
  let run = 0;
  for (const [index, day] of days.entries()) {
    run = day - 1 === days[index - 1] ? run + 1 : 1;
    longestDays = Math.max(longestDays, run);
  }
  return { currentDays: (days.at(-1) ?? -Infinity) >= now - 1 ? run : 0, longestDays };
}
