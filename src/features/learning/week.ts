import type { LocalDate } from '#platform/time.ts';

/** What the database knows of a learner's week. */
export interface WeekRow {
  streakDays: number;
  goalMinutes: number | null;
  days: { date: LocalDate; seconds: number; lessonsCompleted: number }[];
}

/** A learner's week from Monday to Sunday, on their own calendar. */
export interface LearningWeek {
  /** Days in a row with learning, up to today or yesterday. */
  streakDays: number;
  /** Minutes of video that the learner wants to watch in a week; null where they set themselves none. */
  goalMinutes: number | null;
  days: LearningDay[];
  lessonsCompleted: number;
  seconds: number;
}

export interface LearningDay {
  date: LocalDate;
  seconds: number;
  lessonsCompleted: number;
  isToday: boolean;
  isFuture: boolean;
}

const dayMs = 86_400_000;

/** The week that a day lies in. */
export function learningWeek(row: WeekRow, today: LocalDate): LearningWeek {
  const known = new Map(row.days.map((day) => [day.date, day]));
  const days = datesOfWeek(today).map((date) => {
    const { seconds, lessonsCompleted } = known.get(date) ?? { seconds: 0, lessonsCompleted: 0 };
    return { date, seconds, lessonsCompleted, isToday: date === today, isFuture: date > today };
  });
  return {
    streakDays: row.streakDays,
    goalMinutes: row.goalMinutes,
    days,
    lessonsCompleted: days.reduce((sum, day) => sum + day.lessonsCompleted, 0),
    seconds: days.reduce((sum, day) => sum + day.seconds, 0),
  };
}

function datesOfWeek(today: LocalDate): LocalDate[] {
  const noon = Date.parse(`${today}T12:00:00Z`);
  const sinceMonday = (new Date(noon).getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, index) => new Date(noon + (index - sinceMonday) * dayMs).toISOString().slice(0, 10));
}
