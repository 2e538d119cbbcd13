import type { Context, Role } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { requireManager } from '../managed-person.ts';
import { type CheckedRow, checkRows, type Passwords, type RowProblem } from './candidates.ts';
import { makePeople } from './make-people.ts';
import { readPeopleCsv } from './read-csv.ts';

/** What becomes of a row: an account is made, one is there already and stays as it is, or the row says something that cannot be. */
export interface ImportedRow {
  row: number;
  name: string;
  email: string;
  role: Role | null;
  outcome: 'made' | 'exists' | 'refused';
  problems: RowProblem[];
}

/** What becomes of a file of people, row by row. */
export interface PeopleImport {
  /** Whether nothing was written yet. */
  isRehearsal: boolean;
  rows: ImportedRow[];
  ignoredColumns: string[];
}

export interface ImportPeople {
  csv: Uint8Array;
  passwords: Passwords;
  /** Only says what would become of each row. */
  rehearse: boolean;
}

/** A password takes a tenth of a second to hash, on purpose; more than these in one file would take minutes. */
const maxPasswords = 200;

/**
 * Makes the people of a CSV file. Every row that can be is made, whatever is wrong with others; whoever is there already stays as they
 * are, so that the same file again changes nothing, and one that was interrupted is completed.
 */
export async function importPeople(ctx: Context, input: ImportPeople): Promise<PeopleImport> {
  requireManager(ctx);
  const { rows, ignoredColumns } = readPeopleCsv(input.csv);
  const checked = checkRows(rows, input.passwords);
  const withPassword = checked.filter(({ candidate }) => candidate?.password !== undefined).length;
  if (withPassword > maxPasswords) {
    const problem = `More than ${maxPasswords} rows have a password. Split the file, or invite these people by mail.`;
    throw new AppError('invalid', problem, { fields: { file: problem } });
  }
  const known = await whoIsKnown(ctx, checked);
  const judged = checked.map((row) => ({ row, ...judge(row, known) }));
  const wanted = judged.flatMap(({ row, outcome }) => (outcome === 'made' && row.candidate ? [row.candidate] : []));
  const made = input.rehearse ? undefined : await makePeople(ctx, wanted);
  return {
    isRehearsal: input.rehearse,
    rows: judged.map(({ row: { row, name, email, candidate }, outcome, problems }) => {
      const cameMeanwhile = outcome === 'made' && made && !made.has(candidate?.email ?? '');
      return { row, name, email, role: candidate?.role ?? null, outcome: cameMeanwhile ? 'exists' : outcome, problems };
    }),
    ignoredColumns,
  };
}

const knownEmails = statement<{ email: string }, [emails: string[]]>('select email from users where email = any($1::text[])');
const knownUsernames = statement<{ username: string }, [usernames: string[]]>(
  'select username from users where username = any($1::text[])',
);

interface Known {
  emails: Set<string>;
  usernames: Set<string>;
}

async function whoIsKnown(ctx: Context, rows: CheckedRow[]): Promise<Known> {
  const candidates = rows.flatMap(({ candidate }) => candidate ?? []);
  const [emails, usernames] = await asActor(ctx, (sql) =>
    Promise.all([
      sql(
        knownEmails,
        candidates.map((candidate) => candidate.email),
      ),
      sql(
        knownUsernames,
        candidates.flatMap((candidate) => candidate.username ?? []),
      ),
    ]),
  );
  return { emails: new Set(emails.map(({ email }) => email)), usernames: new Set(usernames.map(({ username }) => username)) };
}

function judge({ candidate, problems }: CheckedRow, known: Known): Pick<ImportedRow, 'outcome' | 'problems'> {
  if (!candidate || problems.length > 0) return { outcome: 'refused', problems };
  if (known.emails.has(candidate.email)) return { outcome: 'exists', problems };
  if (!candidate.username || !known.usernames.has(candidate.username)) return { outcome: 'made', problems };
  return { outcome: 'refused', problems: [{ column: 'username', message: 'Somebody else has this username.' }] };
}
