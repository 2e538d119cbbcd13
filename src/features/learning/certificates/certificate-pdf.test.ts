import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Typefaces, typefaces } from '#platform/fonts/typefaces.ts';
import { drawCertificate, type PrintedCertificate } from './pdf/draw-certificate.ts';
import { qrCode } from './qr.ts';

const code = 'LYC-7K3M-9PXA-20QV';
const printed: PrintedCertificate = {
  school: 'Lyceum',
  name: 'Ada Lovelace',
  course: 'Looms & algebra',
  instructor: 'Tomas Lindqvist',
  facts: ['Completed on May 4, 2026', '2 lessons'],
  issued: 'Issued on May 4, 2026',
  code,
  place: `school.example/certificates/${code}`,
  qr: qrCode(`https://school.example/certificates/${code}?edition=1`),
  issuedAt: new Date('2026-05-04T10:00:00Z'),
};

let faces: Typefaces;
beforeAll(async () => {
  faces = await typefaces();
});

/** What a program reads in the paper. */
async function read(wish: Partial<PrintedCertificate>) {
  const bytes = await drawCertificate({ ...printed, ...wish }, faces);
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { text } = await extractText(pdf, { mergePages: true });
  return { bytes, pdf, text: text.replace(/\s+/g, ' ') };
}

describe('a certificate on paper', () => {
  test('is one sheet of text that can be copied, small enough for a mail', async () => {
    const { bytes, pdf, text } = await read({});
    expect(pdf.numPages).toBe(1);
    const page = await pdf.getPage(1);
    expect(page.view.map(Math.round)).toEqual([0, 0, 842, 595]);
    for (const words of [
      'Ada Lovelace',
      'has completed the course Looms & algebra',
      'Tomas Lindqvist',
      code,
      'school.example/certificates',
    ])
      expect(text).toContain(words);
    expect(bytes.length).toBeLessThan(100_000);
  });

  test('says what it is to machines: title, author, language, and its structure in order', async () => {
    const { pdf, bytes } = await read({});
    const { info } = await getMeta(pdf);
    expect(info).toMatchObject({ Title: 'Certificate of Ada Lovelace: Looms & algebra', Author: 'Lyceum', Language: 'en-US' });
    const tree = await (await pdf.getPage(1)).getStructTree();
    const roles = (node: { role?: string; children?: object[] }): string[] => [
      ...(node.role ? [node.role] : []),
      ...(node.children ?? []).flatMap((child) => roles(child)),
    ];
    expect(roles(tree as object).filter((role) => role !== 'P')).toEqual(['Root', 'Document', 'H1', 'H2', 'H2', 'Figure']);
    expect(bytes.toString('latin1')).toContain('/MarkInfo');
  });

  test.each([
    ['in Polish', 'Zażółć Gęślą-Jaźń'],
    ['in Vietnamese', 'Nguyễn Thị Đặng'],
    ['in Greek', 'Αλέξης Ζορμπάς'],
    ['in Cyrillic', 'Пётр Ильич Чайковский'],
    ['that mixes scripts', 'Ada Чайковская'],
  ])('bears a name %s in full', async (_, name) => {
    expect((await read({ name })).text).toContain(name);
  });

  test.each([
    ['Arabic', 'مريم الفاسي'],
    ['Hindi', 'मीरा शर्मा'],
    ['Chinese', '李清照'],
    ['emoji beside Latin', 'Ada 🎓'],
  ])('with a name whose letters the school has not (%s) prints none of them as boxes, but says where it can be read', async (_, name) => {
    const { text, pdf } = await read({ name });
    expect(text).toContain(`This certifies that the person named at ${printed.place} has completed the course`);
    expect((await getMeta(pdf)).info.Title).toBe(`Certificate of ${name}: Looms & algebra`);
  });

  test('with a course or an instructor written so says it of them too', async () => {
    const { text } = await read({ course: '詩と散文', instructor: 'मीरा शर्मा' });
    expect(text).toContain('has completed the course named at');
    expect(text).toContain('Taught by the instructor named there');
  });

  test('holds the longest names and titles on its one sheet, with nothing over the edge', async () => {
    const { pdf, text } = await read({
      name: 'Maximiliane '.repeat(8).trim(),
      course: 'Everything that can be said '.repeat(7).trim(),
      instructor: 'Wolfeschlegelsteinhausen '.repeat(4).trim(),
    });
    expect(pdf.numPages).toBe(1);
    expect(text).toContain('Maximiliane '.repeat(8).trim());
    const { items } = await (await pdf.getPage(1)).getTextContent();
    for (const item of items) {
      if (!('transform' in item) || item.str.trim() === '') continue;
      const [left, bottom] = [item.transform[4] as number, item.transform[5] as number];
      expect([item.str, left > 40, left + item.width < 802, bottom > 40, bottom < 555]).toEqual([item.str, true, true, true, true]);
    }
  });

  test('is the same, byte for byte, for the same facts', async () => {
    expect((await read({})).bytes.equals((await read({})).bytes)).toBe(true);
  });
});
