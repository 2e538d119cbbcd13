import { sentenceOf } from './sentences.ts';

/** An entry of the audit log as the page shows it. */
export interface AuditLine {
  /** Place in the chain. */
  place: number;
  at: Date;
  sentence: string;
  action: string;
  subject: { type: string; id: string };
  changes: { field: string; before: string | null; after: string | null }[];
  address: string | null;
}

/** An entry as the database has it. */
export interface AuditRow {
  place: number;
  at: Date;
  actorId: string | null;
  action: string;
  subjectType: string;
  subjectId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  address: string | null;
}

/** Says an entry, with the names of the people in it. */
export function lineOf(row: AuditRow, names: Map<string, string>): AuditLine {
  const { actingAs, ...after } = asWords(row.after);
  const before = asWords(row.before);
  const who = row.actorId === null ? 'The program' : (names.get(row.actorId) ?? 'Somebody');
  const whom = row.subjectId === row.actorId ? null : (names.get(row.subjectId) ?? `${row.subjectType} ${row.subjectId}`);
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return {
    place: row.place,
    at: row.at,
    sentence: sentenceOf(row.action, { who, whom, before, after }, actingAs && (names.get(actingAs) ?? actingAs)),
    action: row.action,
    subject: { type: row.subjectType, id: row.subjectId },
    changes: fields.map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null })),
    address: row.address,
  };
}

function asWords(values: Record<string, unknown> | null): Record<string, string> {
  const words = Object.entries(values ?? {}).map(([field, value]) => [field, typeof value === 'string' ? value : JSON.stringify(value)]);
  return Object.fromEntries(words);
}
