import { line, personColumns, personLine, type Rows, range } from './catalogue-rows.ts';
import { dice, idOf } from './made-up.ts';
import { instructorsOf, isDraft, lessonNumber, lessonsOf, lessonsPerChapter, minutesAgo, type Size } from './sizes.ts';

/** Enrollments of twenty students: five each, and one of them has sixteen. */
const enrollmentsOfTwenty = [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 12, 16];
const studentOfSlot = enrollmentsOfTwenty.flatMap((count, student) => Array<number>(count).fill(student));
/** Larger than any stage, and a prime: walking the slots by it meets each once, in no order that a disk would like. */
const stride = 1_000_000_007;

/** One enrollment of the school. */
export interface Learning {
  number: number;
  /** The number of its person. */
  person: number;
  course: number;
  lessons: number;
  /** Lessons begun; all but the last are completed, and the last too where the course is finished. */
  begun: number;
  isFinished: boolean;
  enrolledMinutesAgo: number;
}

/** What comes in with a stage: new people and what they learn. */
function stageOf(stage: number, size: Size) {
  const first = stage === 0 ? 0 : size.stages[stage - 1]!;
  const enrollments = size.stages[stage]! - first;
  const firstPerson =
    instructorsOf(size) + (stage === 0 ? 0 : peopleOf(size.stages[0]!) + (stage === 1 ? 0 : peopleOf(size.stages[1]! - size.stages[0]!)));
  const progress =
    Math.floor((size.progress * size.stages[stage]!) / size.stages.at(-1)!) - Math.floor((size.progress * first) / size.stages.at(-1)!);
  return { first, enrollments, firstPerson, people: peopleOf(enrollments), progress };
}

const peopleOf = (enrollments: number): number => Math.ceil(enrollments / 100) * enrollmentsOfTwenty.length;

/** The enrollments of a stage: popular courses have most of them, and how much was learned adds up to what the stage has. */
export function* learningOf(stage: number, size: Size): Generator<Learning> {
  const { first, enrollments, firstPerson, progress } = stageOf(stage, size);
  const taken = new Set<number>();
  let due = 0;
  let left = progress;
  for (const index of range(0, enrollments)) {
    const slot = (index * stride) % enrollments;
    const person = firstPerson + Math.floor(slot / 100) * enrollmentsOfTwenty.length + studentOfSlot[slot % 100]!;
    let course = Math.floor(size.courses * dice(first + index, 1) ** 5);
    while (isDraft(course) || taken.has(person * size.courses + course)) course = (course + 1) % size.courses;
    taken.add(person * size.courses + course);
    const lessons = lessonsOf(course, size);
    due += progress / enrollments;
    // The last ones run ahead, so that the sum comes out whatever courses they are in.
    const wished = enrollments - index <= 100 ? due + lessonsPerChapter : due * 2 * dice(first + index, 2);
    const begun = Math.max(0, Math.min(lessons, left, Math.floor(wished)));
    due -= begun;
    left -= begun;
    const isFinished = begun === lessons && dice(first + index, 3) < 0.7;
    yield { number: first + index, person, course, lessons, begun, isFinished, enrolledMinutesAgo: 5 + dice(first + index, 4) * 500_000 };
  }
}

/** Rows of everybody who came in with a stage. */
export function learnerRows(stage: number, size: Size): Rows[] {
  const { enrollments, people, firstPerson, progress } = stageOf(stage, size);
  function* ofEach(lines: (learning: Learning) => Iterable<string>): Generator<string> {
    for (const learning of learningOf(stage, size)) yield* lines(learning);
  }
  const each = (table: string, columns: string, count: number, lines: (learning: Learning) => Iterable<string>): Rows => ({
    table,
    columns: columns.split(', '),
    count,
    lines: () => ofEach(lines),
  });
  return [
    {
      table: 'users',
      columns: personColumns,
      count: people,
      *lines() {
        for (const person of range(firstPerson, firstPerson + people)) yield personLine(person, 'STUDENT');
      },
    },
    each('access_grants', 'id, user_id, course_id, source, starts_at', enrollments, grantLine),
    each('enrollments', enrollmentColumns, enrollments, enrollmentLine),
    each('lesson_progress', progressColumns, progress, progressLines),
    { table: 'learning_days', columns: dayColumns.split(', '), count: people * 13, lines: () => dayLines(firstPerson, people) },
  ];
}

function grantLine({ number, person, course, enrolledMinutesAgo }: Learning): string[] {
  return [line(idOf('grant', number), idOf('person', person), idOf('course', course), 'FREE', minutesAgo(enrolledMinutesAgo))];
}

const enrollmentColumns =
  'id, user_id, course_id, status, progress_percent, last_lesson_id, watch_seconds, enrolled_at, completed_at, last_accessed_at';

function enrollmentLine(learning: Learning): string[] {
  const { number, person, course, lessons, begun, isFinished, enrolledMinutesAgo } = learning;
  const done = isFinished ? begun : Math.max(0, begun - 1);
  const last = minutesAgo(enrolledMinutesAgo * dice(number, 5));
  return [
    line(
      idOf('enrollment', number),
      idOf('person', person),
      idOf('course', course),
      isFinished ? 'COMPLETED' : 'ACTIVE',
      Math.floor((done * 100) / lessons),
      begun > 0 ? idOf('lesson', lessonNumber(course, begun - 1)) : '\\N',
      begun * 550,
      minutesAgo(enrolledMinutesAgo),
      isFinished ? last : '\\N',
      last,
    ),
  ];
}

const progressColumns =
  'id, enrollment_id, lesson_id, watched_ranges, watched_seconds, watched_percent, position_seconds, completed, started_at, completed_at';

function* progressLines({ number, course, begun, isFinished, enrolledMinutesAgo }: Learning): Generator<string> {
  const enrollment = idOf('enrollment', number);
  const begunAt = minutesAgo(enrolledMinutesAgo);
  for (const place of range(0, begun)) {
    const isDone = isFinished || place < begun - 1;
    const lesson = lessonNumber(course, place);
    const played = isDone ? '{[0,600)}\t600\t100\t600\ttrue' : '{[0,95),[130,200)}\t165\t27\t200\tfalse';
    yield `${idOf('progress', number * 64 + place)}\t${enrollment}\t${idOf('lesson', lesson)}\t${played}\t${begunAt}\t${isDone ? begunAt : '\\N'}\n`;
  }
}

const dayColumns = 'id, user_id, local_date, seconds, lessons_completed';
const dayMinutes = 1440;

/** One student in fifty has learned on 300 days, the others on 4 to 11. */
function* dayLines(firstPerson: number, people: number): Generator<string> {
  for (const person of range(firstPerson, firstPerson + people))
    for (const day of range(0, daysOf(person)))
      yield line(idOf('day', person * 512 + day), idOf('person', person), minutesAgo(day * dayMinutes).slice(0, 10), 1200, day % 3);
}

const daysOf = (person: number): number => (person % 50 === 0 ? 300 : 4 + (person % 8));
