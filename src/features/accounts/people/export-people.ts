import { stringify } from 'csv-stringify/sync';
import type { Context } from '#platform/context.ts';
import { requireManager } from './managed-person.ts';
import { peopleFilter } from './people-filter.ts';
import { type PersonLine, peopleAfter } from './people-list.ts';

const columns = ['username', 'name', 'email', 'role', 'state', 'joined', 'lastseen'];
const batchSize = 500;

/**
 * The people of a filter as CSV, piece by piece, so that a whole school needs no more memory than a page. A cell that a spreadsheet would
 * run as a formula begins with an apostrophe. Asks who may before the first piece.
 */
export function exportPeople(
  ctx: Context,
  input: { search?: string | null; role?: string | null; state?: string | null },
): AsyncGenerator<string> {
  requireManager(ctx);
  return pieces(ctx, peopleFilter(input));
}

async function* pieces(ctx: Context, filter: ReturnType<typeof peopleFilter>): AsyncGenerator<string> {
  // With the mark by which spreadsheets know UTF-8.
  yield `\uFEFF${columns.join(',')}\r\n`;
  for (let from: string | null = null; ; ) {
    const people: PersonLine[] = await peopleAfter(ctx, { filter, from, limit: batchSize });
    yield stringify(people.map(cells), { escape_formulas: true, record_delimiter: '\r\n' });
    if (people.length < batchSize) return;
    from = people.at(-1)?.id ?? null;
  }
}

function cells(person: PersonLine): string[] {
  return [
    person.username ?? '',
    person.name,
    person.email,
    person.role.toLowerCase(),
    person.state ?? 'open',
    person.joinedAt.toISOString(),
    person.lastSeenAt?.toISOString() ?? '',
  ];
}
