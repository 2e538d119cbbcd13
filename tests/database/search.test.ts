import { beforeAll, describe, expect, test } from 'vitest';
import { oneSchool } from './schools.ts';
import { insert } from './world.ts';

const school = oneSchool();
const { id } = school;

describe('search', () => {
  const ranked = async (words: string) => {
    const { rows } = await school.database.owner.query<{ title: string }>(
      `select title from courses, websearch_to_tsquery(search_config('en'), search_text($1)) as query where search @@ query order by ts_rank(search, query) desc`,
      [words],
    );
    return rows.map(({ title }) => title);
  };

  beforeAll(async () => {
    const course = { instructor_id: id('instructor'), language: 'en' };
    await insert(school.database.owner, 'courses', {
      id: id('s1'),
      ...course,
      title: 'Cooking',
      slug: 'cooking',
      description: 'A café and its running kitchen.',
    });
    await insert(school.database.owner, 'courses', { id: id('s2'), ...course, title: 'Running', slug: 'running' });
    await insert(school.database.owner, 'courses', { id: id('s3'), ...course, title: 'Legs', slug: 'legs', tags: ['runs'] });
  });

  test('a word in the title weighs more than in the tags, and in the tags more than in the description', async () => {
    expect(await ranked('run')).toEqual(['Running', 'Legs', 'Cooking']);
  });

  test('accents may be left out', async () => {
    expect(await ranked('cafe')).toEqual(['Cooking']);
  });

  test('the words of published courses are kept, and what was mistyped is compared with them by their index', async () => {
    const words = async () =>
      (await school.database.owner.query<{ near: string[] }>("select near from meant_words('Runing')")).rows.flatMap(({ near }) => near);
    expect(await words()).toEqual([]);
    await school.database.owner.query("update courses set status = 'PUBLISHED', published_at = now() where slug = 'running'");
    expect(await words()).toEqual(['running']);
    await school.database.owner.query(
      "insert into course_words (word) select 'another' || number from generate_series(1, 5000) number; analyze course_words",
    );
    await school.database.owner.query('begin; set local enable_seqscan = off');
    const plan = await school.database.owner.query<{ 'QUERY PLAN': string }>("explain select word from course_words where word % 'runing'");
    await school.database.owner.query('rollback');
    expect(plan.rows.map((row) => row['QUERY PLAN']).join()).toContain('course_words_word_idx');
  });
});
