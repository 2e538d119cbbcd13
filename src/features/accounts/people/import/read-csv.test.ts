import { expect, test } from 'vitest';
import { AppError } from '#platform/errors.ts';
import { readPeopleCsv } from './read-csv.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readPeopleCsv(bytes(text));

function problemOf(csv: Uint8Array): string {
  try {
    readPeopleCsv(csv);
  } catch (error) {
    if (error instanceof AppError) return error.fields.file ?? '';
  }
  return 'It was read';
}

test.each([
  ['commas', 'name,email\nAda,ada@school.test\n'],
  ['semicolons', 'name;email\nAda;ada@school.test\n'],
  ['tabs', 'name\temail\nAda\tada@school.test\n'],
  ['a mark of UTF-8 and the ends of lines of Windows', '\uFEFFname,email\r\nAda,ada@school.test\r\n'],
  ['quotation marks, capitals and spaces in the header', '"Name", EMAIL \nAda,ada@school.test'],
  ['columns that nobody knows, in any order', 'course1,email,name,"a; b"\nmath102,ada@school.test,Ada,x'],
  ['empty rows, and rows that are too short or too long', 'name,email\n\n,\nAda,ada@school.test,more,and more\n\n'],
])('a file with %s is read', (_, csv) => {
  const { rows } = read(csv);
  expect(rows.map(({ cells }) => cells)).toEqual([{ name: 'Ada', email: 'ada@school.test' }]);
});

test('rows are numbered as a spreadsheet does, whatever is empty or goes over several lines', () => {
  const { rows, ignoredColumns } = read(
    'name,email,about,course1\n\n"Ada, Countess",ada@school.test,"Two\nlines",m\n,,,\nBo,bo@school.test,,',
  );
  expect(rows).toEqual([
    { row: 3, cells: { name: 'Ada, Countess', email: 'ada@school.test' } },
    { row: 5, cells: { name: 'Bo', email: 'bo@school.test' } },
  ]);
  expect(ignoredColumns).toEqual(['about', 'course1']);
});

test('letters of every kind come in whole', () => {
  expect(read('firstname,lastname,email\nŽofie,Świętochowska 王,zofie@school.test').rows[0]?.cells).toMatchObject({
    firstname: 'Žofie',
    lastname: 'Świętochowska 王',
  });
});

test.each([
  ['nothing', new Uint8Array(), /Choose a CSV file/],
  ['Latin-1', Uint8Array.from([...bytes('name,email\nJos'), 0xe9, ...bytes(',jose@school.test')]), /not in UTF-8/],
  ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x6e, 0x00]), /not in UTF-8/],
  ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47]), /not in UTF-8/],
  ['bytes of zero', bytes('name,email\nA\0da,a@b.test'), /not a CSV file/],
  ['a quotation mark that is never closed', bytes('name,email\n"Ada,ada@school.test\nBo,bo@school.test'), /quotation mark/],
  ['a quotation mark in the middle', bytes('name,email\nAd"a,ada@school.test'), /line 2/],
  ['no column for the address', bytes('name,mail\nAda,ada@school.test'), /“email”/],
  ['no column for the name', bytes('username,email\nada,ada@school.test'), /“firstname” and “lastname”/],
  ['one column twice', bytes('name,email,E-Mail\nAda,a@b.test,c@d.test'), /both called “email”/],
  ['a header and nobody', bytes('name,email\n\n'), /nobody in the file/],
  ['too many people', bytes(`name,email\n${'Ada,ada@school.test\n'.repeat(5001)}`), /more than 5000/],
  ['too many bytes', new Uint8Array(2 * 1024 * 1024 + 1), /larger than 2 MB/],
])('a file of %s is refused with what to do', (_, csv, words) => {
  expect(problemOf(csv)).toMatch(words);
});
