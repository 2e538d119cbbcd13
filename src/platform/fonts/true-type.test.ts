import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { trueTypeFont } from './true-type.ts';

const file = (name: string) => readFileSync(`node_modules/@fontsource-variable/inter/files/inter-${name}-wght-normal.woff2`);
const parts = ['latin', 'latin-ext', 'cyrillic', 'greek'];
const font = trueTypeFont(parts.map(file));

test('a font knows the characters of all its parts, and of no other script', () => {
  expect(['Wiśniewska', 'Пётр', 'Αλέξης', 'ﬁn', 'مريم', '日本', ''].map((text) => font.knows(text))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    true,
  ]);
});

test('text on paper in several scripts can be read out of it again', async () => {
  const paper = new PDFDocument();
  const bytes: Buffer[] = [];
  paper.on('data', (chunk: Buffer) => bytes.push(chunk));
  const ended = new Promise((resolve) => paper.on('end', resolve));
  paper.font(font.file).fontSize(20);
  const words = ['Zażółć gęślą jaźń', 'Пётр Ильич', 'Αλέξης Ζορμπάς', 'AVATo, 100 %'];
  for (const line of words) paper.text(line);
  paper.end();
  await ended;
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(Buffer.concat(bytes))), { mergePages: true });
  expect(text.split('\n')).toEqual(words);
});

test('letters stand as far apart as the font says, and a pair that is kerned stands closer', () => {
  const paper = new PDFDocument();
  paper.font(font.file).fontSize(1000);
  const width = (text: string) => paper.widthOfString(text);
  expect(width('HH')).toBeCloseTo(width('H') * 2);
  expect(width('AV')).toBeLessThan(width('A') + width('V') - 20);
  paper.end();
});
