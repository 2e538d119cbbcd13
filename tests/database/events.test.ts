import type pg from 'pg';
import { beforeEach, describe, expect, test } from 'vitest';
import { oneSchool } from './schools.ts';
import { insert } from './world.ts';

const school = oneSchool();
const { committed, id } = school;

describe('events', () => {
  const partitionsWithRows = async () => {
    const { rows } = await school.database.owner.query<{ name: string }>(
      'select distinct tableoid::regclass::text as name from analytics_events order by 1',
    );
    return rows.map(({ name }) => name);
  };

  beforeEach(() => committed('', 'SYSTEM', (client) => client.query('delete from analytics_events')));

  test('lie in the partition of their month, and in the default one when nobody made it', async () => {
    const event = { session_id: 's', event: 'page.view' };
    await school.application.query("select make_event_partitions('2031-01-15', 2)");
    await insert(school.database.owner, 'analytics_events', { id: id('e1'), ...event, created_at: '2031-01-31T23:59:59Z' });
    await insert(school.database.owner, 'analytics_events', { id: id('e2'), ...event, created_at: '2031-02-01T00:00:00Z' });
    await insert(school.database.owner, 'analytics_events', { id: id('e3'), ...event, created_at: '2031-03-01T00:00:00Z' });
    expect(await partitionsWithRows()).toEqual(['analytics_events_2031_01', 'analytics_events_2031_02', 'analytics_events_default']);
  });

  test('move from the default partition when their month gets its own, whoever asks and in whatever time zone', async () => {
    await insert(school.database.owner, 'analytics_events', {
      id: id('e4'),
      session_id: 's',
      event: 'page.view',
      created_at: '2032-05-01T00:00:00Z',
    });
    await school.application.query("set time zone 'America/New_York'");
    const { rows } = await school.application.query<{ made: number }>("select make_event_partitions('2032-05-20', 1) as made");
    await school.application.query('reset time zone');
    expect(rows).toEqual([{ made: 1 }]);
    expect(await partitionsWithRows()).toEqual(['analytics_events_2032_05']);
  });

  test('two that ask at once make a month once', async () => {
    const ask = (client: pg.Client) => client.query<{ made: number }>("select make_event_partitions('2033-01-01', 3) as made");
    const answers = await Promise.all([ask(school.application), ask(school.database.owner)]);
    expect(answers.map(({ rows }) => rows[0]!.made).sort()).toEqual([0, 3]);
  });

  test('a question about one month reads one partition', async () => {
    await school.application.query("select make_event_partitions('2031-01-01', 3)");
    const plan = await school.database.owner.query<{ 'QUERY PLAN': string }>(
      "explain select count(*) from analytics_events where created_at >= '2031-02-01T00:00:00Z' and created_at < '2031-03-01T00:00:00Z'",
    );
    const read =
      plan.rows
        .map((row) => row['QUERY PLAN'])
        .join('\n')
        .match(/analytics_events_(\d{4}_\d{2}|default)\b(?!_)/g) ?? [];
    expect([...new Set(read)]).toEqual(['analytics_events_2031_02']);
  });
});
