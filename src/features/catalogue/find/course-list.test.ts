import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson, type CourseWish as MadeCourse } from '../../../../tests/support/courses.ts';
import { guest, testDatabase } from '../../../../tests/support/database.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { courseList } from '../index.server.ts';

const database = testDatabase();
type Wish = Parameters<typeof courseList>[1];
const list = (wish: Wish = {}) => courseList(database.context(guest), wish);
const slugs = async (wish: Wish) => (await list(wish)).courses.map((course) => course.slug);

interface Details extends MadeCourse {
  subtitle?: string;
  description?: string;
  language?: string;
  minutes?: number;
  students?: number;
  votes?: number;
  rating?: number;
  categories?: string[];
}

async function make(slug: string, title: string, details: Details = {}): Promise<void> {
  const { id } = await aCourse(database, { slug, title, isFree: false, chapters: [], ...details });
  const { subtitle = '', description = '', language = 'en', minutes = 0, students = 0, votes = 0, rating = 0 } = details;
  await database.owner.query(
    `update courses set subtitle = $2, description = $3, language = $4, duration_minutes = $5, student_count = $6, review_count = $7, rating_average = $8
      where id = $1`,
    [id, subtitle, description, language, minutes, students, votes, rating],
  );
  for (const name of details.categories ?? [])
    await database.owner.query('insert into course_categories (course_id, category_id) select $1, id from categories where slug = $2', [
      id,
      name,
    ]);
}

async function category(slug: string, parent: string | null = null): Promise<void> {
  await database.owner.query(
    'insert into categories (id, name, slug, parent_id) values ($1, $2, $3, (select id from categories where slug = $4))',
    [newId(), `${slug[0]?.toUpperCase()}${slug.slice(1)}`, slug, parent],
  );
}

beforeAll(async () => {
  for (const [slug, parent] of [['science'], ['physics', 'science'], ['optics', 'physics'], ['cooking']] as const)
    await category(slug!, parent);
  await make('light', 'Light and lenses', {
    level: 'ADVANCED',
    minutes: 90,
    categories: ['optics', 'science'],
    votes: 1,
    rating: 5,
    students: 3,
  });
  await make('motion', 'Motion, force and rest', { minutes: 700, categories: ['physics'], votes: 200, rating: 4.7, students: 90 });
  await make('bread', 'Bread from four things', {
    isFree: true,
    minutes: 45,
    categories: ['cooking'],
    votes: 12,
    rating: 3.2,
    students: 40,
  });
  await make('pan', 'El pan de cada día', {
    language: 'es',
    level: 'EXPERT',
    categories: ['cooking', 'science'],
    description: 'Panes y hornos.',
  });
  await make('running', 'Running for beginners', { subtitle: 'Also a little about bread.', publishedAt: new Date('2026-04-01T09:00:00Z') });
  await make('draft', 'Bread, a draft', { status: 'DRAFT', categories: ['cooking'] });
  await make('gone', 'Bread, archived', { status: 'ARCHIVED', categories: ['cooking'] });
});

describe('a search', () => {
  test.each([
    ['a word of the title before one of the subtitle', 'bread', ['bread', 'running']],
    ['another form of the word', 'run', ['running']],
    ['every word that was typed', 'bread things', ['bread']],
    ['the beginning of a word that is still typed', 'light and le', ['light']],
    ['a word without its accents, in the language of the course', 'dia', ['pan']],
    ['another form of a word in that language', 'panes', ['pan']],
    ['a word with a letter left out', 'runing', ['running']],
    ['a word with letters changed about', 'braed', ['bread', 'running']],
    ['a mistyped word that is still typed', 'beginr', ['running']],
    ['the courses that have all words, however they were typed', 'braed begginers', ['running']],
    ['several mistyped words', 'moton forse', ['motion']],
    ['a mistyped word before one that is right', 'moton rest', ['motion']],
    ['a word after one that is all too common in its language', 'the bread', ['bread', 'running']],
    ['nothing, of what is nowhere', 'xyzzy', []],
    ['nothing, of signs', "!!! ' & |", []],
    ['nothing, of a letter that every title has', 'e', []],
  ])('finds %s: %s', async (_, q, found) => {
    expect(await slugs({ q })).toEqual(found);
  });

  test('is narrowed down by what is chosen, and sorted as is wished', async () => {
    expect(await slugs({ q: 'bread', free: '1' })).toEqual(['bread']);
    expect(await slugs({ q: 'bread', sort: 'newest' })).toEqual(['running', 'bread']);
    expect(await slugs({ q: 'bread', category: 'cooking' })).toEqual(['bread']);
  });
});

describe('what is chosen', () => {
  test.each<[Wish, string[]]>([
    [{ level: ['advanced', 'expert'] }, ['light', 'pan']],
    [{ language: ['es'] }, ['pan']],
    [{ free: '1' }, ['bread']],
    [{ length: ['under-1h', 'over-10h'] }, ['bread', 'motion']],
    [{ rating: '3' }, ['bread', 'light', 'motion']],
    [{ rating: '4.5', length: ['over-10h'] }, ['motion']],
    [{ category: 'science' }, ['light', 'motion', 'pan']],
    [{ category: 'physics' }, ['light', 'motion']],
    [{ category: 'science', language: ['es'] }, ['pan']],
    [{ category: 'nowhere' }, []],
    [{ level: ['impossible'], after: 'nowhere', category: "' or 1=1" }, ['bread', 'light', 'motion', 'pan', 'running']],
  ])('narrows the list down: %j', async (wish, found) => {
    expect((await slugs(wish)).sort()).toEqual(found);
  });
});

test('the list is sorted by what is newest, has most students or is rated best, and one vote does not make a course the best', async () => {
  expect((await slugs({}))[0]).toBe('running');
  expect((await slugs({ sort: 'popular' })).slice(0, 3)).toEqual(['motion', 'bread', 'light']);
  expect((await slugs({ sort: 'rating' })).slice(0, 2)).toEqual(['motion', 'light']);
});

test('a page costs two queries and a search one, whatever is asked and however many courses there are', async () => {
  for (const wish of [{}, { q: 'bread' }, { q: 'braed', category: 'science' }, { category: 'cooking', sort: 'rating' }])
    expect(await statementsOf(() => list(wish))).toHaveLength('q' in wish ? 1 : 2);
});

describe('page by page', () => {
  beforeAll(async () => {
    await category('crowd');
    const { id } = await aPerson(database, 'INSTRUCTOR');
    for (let index = 0; index < 53; index += 1) {
      // Several are alike in every order.
      const alike = Math.floor(index / 3);
      const publishedAt = new Date(Date.UTC(2026, 0, 1 + alike));
      const likes = { students: alike, votes: 5, rating: 1 + (alike % 5) };
      await make(`crowd-${index}`, `Crowded ${index}`, { instructorId: id, publishedAt, categories: ['crowd'], ...likes });
    }
  });

  test.each<[string, Wish]>([
    ['the newest', {}],
    ['the most popular', { sort: 'popular' }],
    ['the best rated', { sort: 'rating' }],
    ['what a search finds best', { q: 'crowded' }],
    ['what a search finds, by rating', { q: 'crowded', sort: 'rating' }],
  ])('%s are each shown once', async (_, wish) => {
    const seen: string[] = [];
    const sizes: number[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ ...wish, category: 'crowd', after });
      expect(page.isFirstPage).toBe(after === null);
      seen.push(...page.courses.map((course) => course.slug));
      sizes.push(page.courses.length);
      after = page.next;
    } while (after);
    expect(sizes).toEqual([24, 24, 5]);
    expect(new Set(seen).size).toBe(53);
    if (!wish.q && !wish.sort) {
      const days = seen.map((slug) => Math.floor(Number(slug.slice(6)) / 3));
      expect(days).toEqual([...days].sort((one, other) => other - one));
    }
  });

  test('a large category is walked in order, with the same courses as when all of it is fetched', async () => {
    const small = await slugs({ category: 'crowd', sort: 'popular', rating: '3' });
    await database.owner.query(
      "update course_facets set course_count = course_count + 3000 where category_id = (select id from categories where slug = 'crowd')",
    );
    const large = await slugs({ category: 'crowd', sort: 'popular', rating: '3' });
    await database.owner.query('select recount_course_facets()');
    expect(large).toEqual(small);
    expect(small.length).toBeGreaterThan(5);
  });
});
