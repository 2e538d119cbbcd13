import type { LocalDate } from '#platform/time.ts';
import { streaks } from './streaks.ts';

/** What the database knows of a learner's days. */
export interface WeekRow {
  goalMinutes: number | null;
  /** Of the weeks that are shown. */
  days: { date: LocalDate; seconds: number; lessonsCompleted: number }[];
  /** All days with learning. */
  dates: LocalDate[];
}

/** A learner's week from Monday to Sunday, and the weeks before it, on their own calendar. */
export interface LearningWeek {
  /** Days in a row with learning, up to today or yesterday. */
  streakDays: number;
  longestStreakDays: number;
  /** Minutes of video that the learner wants to watch in a week; null where they set themselves none. */
  goalMinutes: number | null;
  days: LearningDay[];
  /** The last five weeks, this one last. */
  weeks: LearningDay[][];
  lessonsCompleted: number;
  seconds: number;
}

export interface LearningDay {
  date: LocalDate;
  seconds: number;
  lessonsCompleted: number;
  /** Something was learned on it. */
  isLearned: boolean;
  isToday: boolean;
  isFuture: boolean;
}

const dayMs = 86_400_000;
export const weeksShown = 5;

/** The week that a day lies in. */
export function learningWeek(row: WeekRow, today: LocalDate): LearningWeek {
  const known = new Map(row.days.map((day) => [day.date, day]));
  const dayOf = (date: LocalDate) => {
    const { seconds, lessonsCompleted } = known.get(date) ?? { seconds: 0, lessonsCompleted: 0 };
    return { date, seconds, lessonsCompleted, isLearned: known.has(date), isToday: date === today, isFuture: date > today };
  };
  const weeks = Array.from({ length: weeksShown }, (_, index) => datesOfWeek(today, index + 1 - weeksShown).map(dayOf));
  const days = weeks.at(-1)!;
  const { currentDays, longestDays } = streaks(row.dates, today);
  return {
    streakDays: currentDays,
    longestStreakDays: longestDays,
    goalMinutes: row.goalMinutes,
    days,
    weeks,
    lessonsCompleted: days.reduce((sum, day) => sum + day.lessonsCompleted, 0),
    seconds: days.reduce((sum, day) => sum + day.seconds, 0),
  };
}

/** Monday to Sunday of the week that a day lies in, or of one so many weeks from it. */
function datesOfWeek(today: LocalDate, weeksOn: number): LocalDate[] {
  const noon = Date.parse(`${today}T12:00:00Z`);
  const sinceMonday = (new Date(noon).getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, index) => new Date(noon + (index - sinceMonday + 7 * weeksOn) * dayMs).toISOString().slice(0, 10));
}
