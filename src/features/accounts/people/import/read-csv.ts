import { CsvError, parse } from 'csv-parse/sync';
import { AppError } from '#platform/errors.ts';

/** A line of the file under the columns that we know. `row` is its number as a spreadsheet shows it; the header is row 1. */
export interface CsvRow {
  row: number;
  cells: Partial<Record<Column, string>>;
}

export interface PeopleCsv {
  rows: CsvRow[];
  /** Headers that mean nothing here, as they are written. */
  ignoredColumns: string[];
}

export type Column = 'username' | 'password' | 'firstname' | 'lastname' | 'name' | 'email' | 'role';

/** Headers as Moodle's upload of users has them, and a few more spellings. */
const columnsByHeader: Record<string, Column> = {
  username: 'username',
  password: 'password',
  firstname: 'firstname',
  'first name': 'firstname',
  lastname: 'lastname',
  'last name': 'lastname',
  name: 'name',
  'full name': 'name',
  email: 'email',
  'e-mail': 'email',
  'e-mail address': 'email',
  role: 'role',
};

const maxBytes = 2 * 1024 * 1024;
const maxRows = 5000;

const refuse = (problem: string): AppError => new AppError('invalid', problem, { fields: { file: problem } });

/** The rows of a CSV file of people: separated by commas, semicolons or tabs, in UTF-8. A file that cannot be read is refused with what to do. */
export function readPeopleCsv(bytes: Uint8Array): PeopleCsv {
  if (bytes.length === 0) throw refuse('Choose a CSV file.');
  if (bytes.length > maxBytes) throw refuse('The file is larger than 2 MB. Split it, and import the parts one after the other.');
  const [header = [], ...lines] = recordsOf(textOf(bytes));
  const columns = header.map((word) => columnsByHeader[word.trim().toLowerCase()]);
  if (!columns.includes('email')) throw refuse('The first row must name the columns, and one of them must be “email”.');
  if (!columns.includes('name') && !columns.includes('firstname') && !columns.includes('lastname'))
    throw refuse('There is no column with names. Call it “name”, or have two: “firstname” and “lastname”.');
  const twice = columns.find((column, index) => column !== undefined && columns.indexOf(column) !== index);
  if (twice) throw refuse(`Two columns are both called “${twice}”.`);
  const rows = lines
    .map((cells, index) => ({ row: index + 2, cells: cellsOf(columns, cells), isBlank: cells.every((cell) => cell.trim() === '') }))
    .filter((line) => !line.isBlank)
    .map(({ row, cells }) => ({ row, cells }));
  if (rows.length === 0) throw refuse('There is nobody in the file: it has a first row and nothing under it.');
  if (rows.length > maxRows) throw refuse(`The file has more than ${maxRows} people. Split it, and import the parts one after the other.`);
  return { rows, ignoredColumns: header.filter((word, index) => !columns[index] && word.trim() !== '').map((word) => word.trim()) };
}

function cellsOf(columns: (Column | undefined)[], cells: string[]): CsvRow['cells'] {
  return Object.fromEntries(columns.flatMap((column, index) => (column ? [[column, cells[index] ?? '']] : [])));
}

function textOf(bytes: Uint8Array): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) throw refuse(notUtf8);
  try {
    // Drops a mark of UTF-8 at the beginning.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // A TypeError is the decoder's only way to say that these bytes are no UTF-8.
    throw refuse(notUtf8);
  }
}

const notUtf8 = 'The file is not in UTF-8. In a spreadsheet, save it as “CSV UTF-8”.';

function recordsOf(text: string): string[][] {
  if (text.includes('\0')) throw refuse('This is not a CSV file.');
  try {
    return parse(text, { delimiter: delimiterOf(text), relax_column_count: true, skip_empty_lines: false });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refuse(`The file cannot be read near line ${error.lines ?? 1}: a quotation mark is missing or too many.`);
  }
}

/** Whichever of the three stands most often in the first row. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/)).replaceAll(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((sign) => ({ sign, count: header.split(sign).length }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).sign;
}
