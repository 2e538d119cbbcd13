import type { CmiValues } from './model.ts';
import { secondsOfSpan, spanOfSeconds } from './time.ts';

/** How far a learner is in a part. Source: SCORM 1.2, `cmi.core.lesson_status`. */
export type LessonStatus = 'passed' | 'completed' | 'failed' | 'incomplete' | 'browsed' | 'not attempted';

/** One sitting of a learner with a part: from the call that begins it to the one that ends it. */
export interface Sitting {
  id: string;
  /** The last report of it that counted. */
  sequence: number;
  seconds: number;
  /** The content has said itself how long it was. */
  isSaid: boolean;
}

/** What is kept of a learner's attempt at one part of a package. */
export interface Attempt {
  /** Everything that the content has set. */
  values: CmiValues;
  status: LessonStatus;
  /** Of the sittings that are no longer listed. */
  earlierSeconds: number;
  sittings: readonly Sitting[];
  /** It was passed or completed once. */
  isDone: boolean;
}

/** What a player reports: everything that the content has set since the last report that was acknowledged. */
export interface Report {
  sitting: string;
  /** Counts up within the sitting; a report that comes late or twice changes nothing. */
  sequence: number;
  values: CmiValues;
  /** Since it began, as the player has measured; what the content says of its own time goes before. */
  seconds: number;
  /** Whether the content goes on, was left by its learner, or has said that it is finished. */
  ending: 'none' | 'left' | 'finished';
}

/** What the maker of the package says of one part. */
export interface PartRules {
  masteryScore: number | null;
}

/** How a part stands before anybody began it. */
export const newAttempt: Attempt = { values: {}, status: 'not attempted', earlierSeconds: 0, sittings: [], isDone: false };

/** Older sittings are added up. */
const mostSittings = 30;

/** The attempt after a report. Each element is as it was set last, by whichever window; times of sittings add up. */
export function withReport(attempt: Attempt, report: Report, rules: PartRules, mostSeconds: number): Attempt {
  const known = attempt.sittings.find(({ id }) => id === report.sitting);
  if (known && known.sequence >= report.sequence) return attempt;
  const values = { ...(known ? attempt.values : withoutSitting(attempt.values)), ...report.values };
  const said = secondsOfSpan(report.values['cmi.core.session_time'] ?? '');
  const measured = known?.isSaid ? known.seconds : Math.max(known?.seconds ?? 0, report.seconds);
  const seconds = Math.min(Math.floor(said ?? measured), mostSeconds);
  const isSaid = said !== undefined || known?.isSaid === true;
  const sitting = { id: report.sitting, sequence: report.sequence, seconds, isSaid };
  const sittings = known ? attempt.sittings.map((other) => (other === known ? sitting : other)) : [...attempt.sittings, sitting];
  const set = report.values['cmi.core.lesson_status'] as LessonStatus | undefined;
  const status = report.ending === 'finished' ? judged(values, set ?? attempt.status, rules) : (set ?? attempt.status);
  const dropped = sittings.slice(0, Math.max(0, sittings.length - mostSittings));
  return {
    values,
    status,
    earlierSeconds: attempt.earlierSeconds + dropped.reduce((sum, { seconds }) => sum + seconds, 0),
    sittings: sittings.slice(dropped.length),
    isDone: attempt.isDone || status === 'passed' || (status === 'completed' && report.ending !== 'none'),
  };
}

/** What holds beyond the sitting in which it was set. */
function withoutSitting({ 'cmi.core.exit': _exit, 'cmi.core.session_time': _time, ...lasting }: CmiValues): CmiValues {
  return lasting as CmiValues;
}

/**
 * The status when the content is finished. Where the maker names a score to be reached, that decides; content that says nothing of itself, and does not
 * mean to go on later, is complete when it was seen. Source: SCORM 1.2 Run-Time Environment, 3.4.4 (cmi.core.lesson_status).
 */
function judged(values: CmiValues, status: LessonStatus, { masteryScore }: PartRules): LessonStatus {
  const score = values['cmi.core.score.raw'];
  if (masteryScore !== null && score) return Number(score) >= masteryScore ? 'passed' : 'failed';
  if (status !== 'not attempted') return status;
  return values['cmi.core.exit'] === 'suspend' ? 'incomplete' : 'completed';
}

/** All the time of an attempt. */
export function totalSeconds(attempt: Pick<Attempt, 'earlierSeconds' | 'sittings'>): number {
  return attempt.sittings.reduce((sum, { seconds }) => sum + seconds, attempt.earlierSeconds);
}

/** The number of a score, or none. */
export function scoreOf(values: CmiValues, which: 'raw' | 'min' | 'max'): number | null {
  const value = values[`cmi.core.score.${which}`];
  return value ? Number(value) : null;
}

/** What a part of a package is told when it begins. */
export interface Beginning {
  attempt: Attempt;
  student: { id: string; name: string };
  /** False for who only looks: nothing of it is kept. */
  records: boolean;
  launchData: string;
  masteryScore: number | null;
  maxTimeAllowed: string;
  timeLimitAction: string;
}

/** The values that content reads when it begins; what it may only write is not in it, but counted. */
export function valuesAtBegin({ attempt, student, records, ...part }: Beginning): Record<string, string> {
  const { values, status } = attempt;
  const isFirst = attempt.sittings.length === 0 && attempt.earlierSeconds === 0;
  const kept = Object.entries(values).filter(([name]) => !/^cmi\.interactions\.|^cmi\.core\.(exit|session_time|lesson_status)$/.test(name));
  return {
    ...Object.fromEntries(kept),
    'cmi._version': '3.4',
    'cmi.core._children':
      'student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time',
    'cmi.core.student_id': student.id,
    'cmi.core.student_name': student.name,
    'cmi.core.credit': records ? 'credit' : 'no-credit',
    'cmi.core.lesson_mode': records ? 'normal' : 'browse',
    'cmi.core.lesson_status': status,
    'cmi.core.entry': isFirst ? 'ab-initio' : values['cmi.core.exit'] === 'suspend' ? 'resume' : '',
    'cmi.core.score._children': 'raw,min,max',
    'cmi.core.total_time': spanOfSeconds(totalSeconds(attempt)),
    'cmi.launch_data': part.launchData,
    'cmi.comments_from_lms': '',
    'cmi.objectives._children': 'id,score,status',
    'cmi.student_data._children': 'mastery_score,max_time_allowed,time_limit_action',
    'cmi.student_data.mastery_score': part.masteryScore === null ? '' : String(part.masteryScore),
    'cmi.student_data.max_time_allowed': part.maxTimeAllowed,
    'cmi.student_data.time_limit_action': part.timeLimitAction,
    'cmi.student_preference._children': 'audio,language,speed,text',
    'cmi.interactions._children': 'id,objectives,time,type,correct_responses,weighting,student_response,result,latency',
    ...countsOf(values),
  };
}

/** How long each list is. */
function countsOf(values: CmiValues): Record<string, string> {
  const counts = new Map([
    ['cmi.objectives', 0],
    ['cmi.interactions', 0],
  ]);
  for (const name of Object.keys(values)) {
    for (const match of name.matchAll(/\.(\d+)(?=\.)/g)) {
      const list = name.slice(0, match.index);
      counts.set(list, Math.max(counts.get(list) ?? 0, Number(match[1]) + 1));
    }
  }
  return Object.fromEntries([...counts].map(([list, count]) => [`${list}._count`, String(count)]));
}
