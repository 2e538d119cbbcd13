import { z } from 'zod';
import type { Role } from '#platform/context.ts';
import { emailField, nameField, newPasswordField, refuseOwnName } from '../../fields.ts';
import type { Column, CsvRow } from './read-csv.ts';

/** Someone whom a row describes completely. */
export interface Candidate {
  name: string;
  email: string;
  username: string | null;
  displayUsername: string | null;
  role: Role;
  password?: string;
}

/** What a row cannot be taken for, and where. */
export interface RowProblem {
  column: Column;
  message: string;
}

export interface CheckedRow {
  row: number;
  /** As the file has it, to find the row again. */
  email: string;
  name: string;
  candidate?: Candidate;
  problems: RowProblem[];
}

const roleWords: Record<string, Role> = {
  '': 'STUDENT',
  student: 'STUDENT',
  instructor: 'INSTRUCTOR',
  teacher: 'INSTRUCTOR',
  admin: 'ADMIN',
};

const usernameField = z
  .string()
  .toLowerCase()
  .regex(/^[a-z0-9_.-]{3,40}$/, 'Use 3 to 40 letters from a to z, digits, dots, hyphens and underscores.');

const roleField = z
  .string()
  .toLowerCase()
  .refine((word) => word in roleWords, 'A role is student, instructor or admin.');

const schema = z
  .object({
    email: emailField,
    name: nameField,
    username: z.union([z.literal(''), usernameField]),
    role: roleField,
    password: newPasswordField.optional(),
  })
  .superRefine(refuseOwnName);

/** Whether a password of the file is used, or left aside in favor of an invitation by mail. */
export type Passwords = 'invite' | 'use';

/** Reads each row for itself, and refuses the second of two with one address or one username. */
export function checkRows(rows: CsvRow[], passwords: Passwords): CheckedRow[] {
  const seen = { email: new Map<string, number>(), username: new Map<string, number>() };
  return rows.map(({ row, cells }) => {
    const written = {
      email: cells.email?.trim() ?? '',
      name: nameOf(cells),
      username: cells.username?.trim() ?? '',
      role: cells.role?.trim() ?? '',
      password: passwords === 'use' && cells.password ? cells.password : undefined,
    };
    const result = schema.safeParse(written);
    const checked: CheckedRow = { row, email: written.email, name: written.name, problems: [] };
    if (!result.success) return { ...checked, problems: problemsOf(result.error, cells) };
    const { email, name, username, role, password } = result.data;
    for (const [column, value] of [
      ['email', email],
      ['username', username],
    ] as const) {
      const before = value ? seen[column].get(value) : undefined;
      if (before) checked.problems.push({ column, message: `Row ${before} has the same.` });
      else if (value) seen[column].set(value, row);
    }
    const displayUsername = username ? written.username : null;
    checked.candidate = { email, name, username: username || null, displayUsername, role: roleWords[role] ?? 'STUDENT', password };
    return checked;
  });
}

function nameOf(cells: CsvRow['cells']): string {
  const parts = [cells.firstname, cells.lastname].map((part) => part?.trim() ?? '').filter(Boolean);
  return cells.name?.trim() || parts.join(' ');
}

function problemsOf(error: z.ZodError, cells: CsvRow['cells']): RowProblem[] {
  const byColumn = new Map<Column, string>();
  for (const { path, message } of error.issues) {
    const field = path[0] as Column;
    const column = field === 'name' && cells.name === undefined ? 'firstname' : field;
    if (!byColumn.has(column)) byColumn.set(column, message === 'Enter your name.' ? 'The name is missing.' : message);
  }
  return [...byColumn].map(([column, message]) => ({ column, message }));
}
