import type { LocalDate } from '#platform/time.ts';

/** What the database knows of a learner's days. */
export interface WeekRow {
  goalMinutes: number | null;
  /** The streak that the last learning day ended, and the longest one. */
  streakDays: number;
  longestStreakDays: number;
  /** The last day with learning, and the last moment of it. */
  last: { date: LocalDate; at: string } | null;
  /** Of the weeks that are shown. */
  days: { date: LocalDate; seconds: number; lessonsCompleted: number }[];
}

/** A learner's week from Monday to Sunday, and the weeks before it, on their own calendar. */
export interface LearningWeek {
  /** Days in a row with learning, while the streak may still go on. */
  streakDays: number;
  longestStreakDays: number;
  /** Minutes that the learner wants to learn in a week; null where they set themselves none. */
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
const weeksShown = 5;

/** The SQL columns of a person's days, from their profile `p`; the person and their own day are placeholders. The longest streak is counted when a day begins. */
export const weekColumns = (person: string, today: string) => `
  p.weekly_goal_minutes as "goalMinutes", coalesce(p.current_streak_days, 0) as "streakDays", coalesce(p.longest_streak_days, 0) as "longestStreakDays",
  (select json_build_object('date', d.local_date, 'at', d.updated_at) from learning_days d
    where d.user_id = ${person}::uuid and (d.seconds > 0 or d.lessons_completed > 0) order by d.local_date desc limit 1) as last,
  (select coalesce(json_agg(json_build_object('date', d.local_date, 'seconds', d.seconds, 'lessonsCompleted', d.lessons_completed)), '[]')
     from learning_days d where d.user_id = ${person}::uuid and (d.seconds > 0 or d.lessons_completed > 0)
      and d.local_date >= date_trunc('week', ${today}::date)::date - ${7 * (weeksShown - 1)}) as days`;

/** The week that a day lies in. */
export function learningWeek(row: WeekRow, today: LocalDate, now: Date): LearningWeek {
  const known = new Map(row.days.map((day) => [day.date, day]));
  const dayOf = (date: LocalDate) => {
    const { seconds, lessonsCompleted } = known.get(date) ?? { seconds: 0, lessonsCompleted: 0 };
    return { date, seconds, lessonsCompleted, isLearned: known.has(date), isToday: date === today, isFuture: date > today };
  };
  const weeks = Array.from({ length: weeksShown }, (_, index) => datesOfWeek(today, index + 1 - weeksShown).map(dayOf));
  const days = weeks.at(-1)!;
  return {
    streakDays: row.last && mayGoOn(row.last, today, now) ? row.streakDays : 0,
    longestStreakDays: row.longestStreakDays,
    goalMinutes: row.goalMinutes,
    days,
    weeks,
    lessonsCompleted: days.reduce((sum, day) => sum + day.lessonsCompleted, 0),
    seconds: days.reduce((sum, day) => sum + day.seconds, 0),
  };
}

/** Whether learning now would make a streak longer: its last day was yesterday or later, or its last moment less than a day ago, as `streaks_of` counts. */
function mayGoOn(last: { date: LocalDate; at: string }, today: LocalDate, now: Date): boolean {
  const daysSince = daysBetween(last.date, today);
  const isMomentOfIt = Math.abs(daysBetween(last.date, last.at.slice(0, 10))) <= 1;
  return daysSince <= 1 || (daysSince <= 3 && isMomentOfIt && now.getTime() - Date.parse(last.at) <= dayMs);
}

const daysBetween = (from: LocalDate, until: LocalDate) => (Date.parse(until) - Date.parse(from)) / dayMs;

/** Monday to Sunday of the week that a day lies in, or of one so many weeks from it. */
function datesOfWeek(today: LocalDate, weeksOn: number): LocalDate[] {
  const noon = Date.parse(`${today}T12:00:00Z`);
  const sinceMonday = (new Date(noon).getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, index) => new Date(noon + (index - sinceMonday + 7 * weeksOn) * dayMs).toISOString().slice(0, 10));
}
