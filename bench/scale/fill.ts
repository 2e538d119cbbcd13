import pg from 'pg';
import { catalogueRows, type Rows } from './catalogue-rows.ts';
import { copyInto } from './copy.ts';
import { learnerRows } from './learner-rows.ts';
import type { Size } from './sizes.ts';

/** Says what is being done; the text replaces the one before while the same work goes on. */
export type Say = (text: string) => void;

/** Fills what is taught. */
export async function fillCatalogue(ownerUrl: string, size: Size, say: Say): Promise<void> {
  await past(ownerUrl, say, async (owner) => {
    await copyAll(owner, catalogueRows(size), say);
    say('what courses cost');
    await withoutIndexes(owner, 'courses', say, () => owner.query('select refresh_course_prices(null)'));
    say('courses of each kind');
    await owner.query('select recount_course_facets()');
    await owner.query('select recount_course_words()');
    await owner.query(
      'update categories g set course_count = k.count from (select category_id, count(*) from course_categories group by category_id) k where k.category_id = g.id',
    );
  });
}

/** Fills the people of a stage and what they learned. */
export async function fillStage(ownerUrl: string, stage: number, size: Size, say: Say): Promise<void> {
  await past(ownerUrl, say, async (owner) => {
    await copyAll(owner, learnerRows(stage, size), say);
    say('students of each course');
    await withoutIndexes(owner, 'courses', say, () =>
      owner.query(
        `update courses c set student_count = k.count from (select course_id, count(*)::int from enrollments group by course_id) k
          where k.course_id = c.id and c.student_count <> k.count`,
      ),
    );
  });
}

/** Rows that are made together hang together: foreign keys and triggers are passed by, as in a restore, and checks are not. */
async function past(ownerUrl: string, say: Say, work: (owner: pg.Client) => Promise<void>): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query("set session_replication_role = replica; set maintenance_work_mem = '1GB'; set synchronous_commit = off");
    await work(owner);
    say('vacuum and statistics');
    await owner.query('vacuum analyze');
  } finally {
    await owner.end();
  }
}

async function copyAll(owner: pg.Client, all: readonly Rows[], say: Say): Promise<void> {
  for (const { table, columns, count, lines } of all) {
    await withoutIndexes(owner, table, say, () =>
      copyInto(owner, table, columns, lines(), (copied) => say(`${table} ${copied.toLocaleString('en')} of ${count.toLocaleString('en')}`)),
    );
  }
}

/** Takes a table's indexes away and makes them anew when the rows are there: sorting once costs less than a place for each row. */
async function withoutIndexes(owner: pg.Client, table: string, say: Say, work: () => Promise<unknown>): Promise<void> {
  const { rows } = await owner.query<{ name: string; definition: string }>(
    `select c.relname as name, pg_get_indexdef(c.oid) as definition
       from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indrelid = $1::regclass and not i.indisprimary and not exists (select from pg_constraint k where k.conindid = c.oid)`,
    [table],
  );
  for (const { name } of rows) await owner.query(`drop index ${pg.escapeIdentifier(name)}`);
  await work();
  for (const { name, definition } of rows) {
    say(`index ${name}`);
    await owner.query(definition);
  }
}
