import pg from 'pg';
import { runtime } from '#platform/runtime.server.ts';
import type { ScaleDatabase } from './database.ts';
import type { MeasuredPage } from './pages.ts';

/** What `auto_explain` is asked to say, to the program itself. */
const settings: Record<string, string> = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_nested_statements': 'on',
  client_min_messages: 'log',
};

/** Said for every row that a search compares, or for every transaction. */
const isAside = /Query Text:\s+(SELECT pg_catalog\.lower\(public\.unaccent|select set_config\('app\.)/;

/** As often as PostgreSQL looks at a prepared statement's values before it may settle on one plan for all. */
const visitsBefore = 6;

/** The plans of one visit of each page, as the database carried them out: with rows, times and buffers, those within functions too. */
export async function plansOf(database: ScaleDatabase, pages: readonly MeasuredPage[]): Promise<string> {
  const role = pg.escapeIdentifier(database.applicationRole);
  await database.asOwner(Object.entries(settings).map(([name, value]) => `alter role ${role} set ${name} = ${pg.escapeLiteral(value)}`));
  await database.reconnect();
  const heard: string[] = [];
  runtime().connections.pool.on('connect', (client) => {
    client.on('notice', ({ message }) => message?.includes('plan:') && !isAside.test(message) && heard.push(message));
  });
  const text: string[] = [];
  for (const page of pages) {
    for (let visit = 0; visit < visitsBefore; visit += 1) await page.visit(visit);
    heard.length = 0;
    await page.visit(visitsBefore);
    text.push(`== ${page.what}`, ...heard);
  }
  await database.asOwner([`alter role ${role} reset all`]);
  await database.reconnect();
  return text.join('\n\n');
}
