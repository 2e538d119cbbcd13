import { courseFacets } from '#features/catalogue/find/course-facets.ts';
import { courseFilter } from '#features/catalogue/find/course-filter.ts';
import { courseList, coursePage } from '#features/catalogue/index.server.ts';
import { courseStanding, dashboard, lessonPage, recordWatched } from '#features/learning/index.server.ts';
import type { Context, Person } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import { requestContext } from '#platform/runtime.server.ts';
import { type Learning, learningOf } from './learner-rows.ts';
import { dice, idOf, rareWord, topicOf } from './made-up.ts';
import { lessonNumber, type Size, today } from './sizes.ts';

/** A page as the program makes it, for the so-manieth visit: never the same visitor twice in a row. */
export interface MeasuredPage {
  what: string;
  /** Milliseconds that 95 of 100 visits may take. */
  goalMs?: number;
  visit(number: number): Promise<unknown>;
}

type Wish = Parameters<typeof courseList>[1];

const levels = ['beginner', 'intermediate', 'advanced', 'expert'];
const lists: Wish[] = [
  {},
  { sort: 'popular' },
  { sort: 'rating' },
  { level: ['expert'], free: '1' },
  { category: 'field-3' },
  { category: 'field-40' },
];
const bands = [[], ['low'], ['free', 'low'], ['middle', 'high'], ['top']];
const broad = ['practice', 'learn', 'python', 'py', 'design', 'de', 'complete', 'practical python', 'answer', 'exercises with time'];
const typos = ['pyhton beginers', 'watercolr', 'photograhpy', 'statistcs example', 'astronmy'];

const list = (wish: Wish) => courseList(guest(), wish);
const guest = (): Context => requestContext({ kind: 'guest' }, 'scale', today);
const of = <Item>(items: readonly Item[], number: number): Item => items[number % items.length]!;

/** The pages of a school in which so many stages are filled. */
export function measuredPages(stage: number, size: Size): MeasuredPage[] {
  const learners = sampleOf(stage, size);
  const course = (number: number) => Math.floor(size.courses * dice(number, 71) ** 3);
  const narrow = (number: number) => `${topicOf(course(number))} ${rareWord(course(number) % 2500)}`;
  const search = { goalMs: 50 };
  return [
    { what: 'catalogue page', goalMs: 50, visit: (number) => list(of(lists, number)) },
    { what: 'by price', goalMs: 50, visit: (number) => list({ sort: of(['cheapest', 'dearest'], number), price: of(bands, number) }) },
    { what: 'facets', visit: (number) => courseFacets(guest(), courseFilter(of(lists, number))) },
    { what: 'search, broad', ...search, visit: (number) => list({ q: of(broad, number) }) },
    {
      what: 'search, broad with choices',
      ...search,
      visit: (number) =>
        list({
          q: of(broad, number),
          level: [of(levels, number)],
          category: `field-${number % 12}`,
          sort: of(['popular', 'relevance'], number),
        }),
    },
    { what: 'search, narrow', ...search, visit: (number) => list({ q: narrow(number) }) },
    { what: 'search, mistyped', ...search, visit: (number) => list({ q: of(typos, number) }) },
    {
      what: 'course page',
      visit: (number) => {
        const page = { slug: `course-${of(learners, number).course}` };
        return Promise.all([coursePage(guest(), page), courseStanding(guest(), page)]);
      },
    },
    { what: 'classroom', visit: (number) => lessonPage(contextOf(of(learners, number)), addressOf(of(learners, number))) },
    { what: 'dashboard', goalMs: 100, visit: (number) => dashboard(contextOf(of(learners, number))) },
    { what: 'heartbeat', visit: (number) => beat(of(learners, number), number) },
  ];
}

/** Learners from the whole school, each with a course in which they began something. */
function sampleOf(stage: number, size: Size): Learning[] {
  const wanted = 500;
  const sample: Learning[] = [];
  for (let of = 0; of <= stage; of += 1) {
    const step = Math.max(1, Math.floor(size.stages[stage]! / wanted));
    for (const learning of learningOf(of, size)) if (learning.number % step === 0 && learning.begun > 0) sample.push(learning);
  }
  return sample.sort((one, other) => dice(one.number, 72) - dice(other.number, 72));
}

function contextOf({ person }: Learning): Context {
  const actor: Person = {
    kind: 'person',
    id: idOf('person', person) as UserId,
    name: 'A learner',
    email: `person-${person}@scale.test`,
    role: 'STUDENT',
    username: null,
    imageUrl: null,
    timeZone: 'UTC',
    locale: 'en',
  };
  return requestContext(actor, 'scale', today);
}

const addressOf = ({ course, begun }: Learning) => ({ courseSlug: `course-${course}`, lessonSlug: `lesson-${begun}` });

/** Some seconds of the first lesson, which is a film and through which the learner has been. */
const beat = (learner: Learning, number: number) =>
  recordWatched(contextOf(learner), {
    lessonId: idOf('lesson', lessonNumber(learner.course, 0)),
    played: [[number % 500, (number % 500) + 10]],
    positionSeconds: number % 500,
  });
