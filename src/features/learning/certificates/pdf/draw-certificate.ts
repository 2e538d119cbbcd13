import type { TrueTypeFont } from '#platform/fonts/true-type.ts';
import { type Typefaces, typefaceFor } from '#platform/fonts/typefaces.ts';
import type { QrCode } from '../qr.ts';
import { sealPath } from '../seal.ts';
import { inks, newPaper, type Paper, sheet } from './paper.ts';

/** What is printed. */
export interface PrintedCertificate {
  school: string;
  name: string;
  course: string;
  instructor: string;
  facts: string[];
  issued: string;
  code: string;
  /** As it is read: without the protocol. */
  place: string;
  qr: QrCode;
  issuedAt: Date;
}

const room = 640;

/** Draws a certificate and gives the PDF. */
export function drawCertificate(certificate: PrintedCertificate, faces: Typefaces): Promise<Buffer> {
  const { school, name, course, code } = certificate;
  const paper = newPaper({
    title: `Certificate of ${name}: ${course}`,
    author: school,
    subject: `${code}. Check it at ${certificate.place}`,
    createdAt: certificate.issuedAt,
  });
  paper.decorate(drawFrame);
  paper.decorate(drawMark);
  paper.line({ text: school, face: faces.serif, size: 19, y: 92 });
  paper.line({
    text: 'CERTIFICATE OF COMPLETION',
    face: faces.sans,
    size: 9.5,
    y: 133,
    spacing: 2.8,
    color: inks.gold,
    role: 'H1',
    actual: 'Certificate of completion',
  });
  paper.line({ text: 'This certifies that', face: faces.italic, size: 15, y: 163, color: inks.quiet });
  writeName(paper, certificate, faces);
  paper.line({ text: 'has completed the course', face: faces.italic, size: 15, y: 266, color: inks.quiet });
  writeCourse(paper, certificate, faces);
  paper.line({ text: certificate.facts.join('   ·   '), face: faces.sans, size: 10, y: 372, color: inks.quiet });
  writeInstructor(paper, certificate, faces);
  paper.decorate((pdf) => {
    pdf.translate(sheet.middle, 470).scale(1.04);
    pdf.path(sealPath(code)).lineWidth(0.32).stroke(inks.gold);
    pdf.scale(0.62).translate(-16, -17);
    doorway(pdf, inks.gold);
  });
  writeCode(paper, certificate, faces);
  return paper.finish();
}

/** The largest size between two at which a text is no wider than the room it has. */
function fitting(paper: Paper, text: string, face: TrueTypeFont, { largest, smallest }: { largest: number; smallest: number }): number {
  return Math.max(smallest, Math.min(largest, (largest * room) / paper.width(text, face, largest)));
}

/** The name; where no typeface has its letters, the place where it can be read, so that nobody is handed a paper with empty boxes. */
function writeName(paper: Paper, { name, place }: PrintedCertificate, faces: Typefaces): void {
  const face = typefaceFor(name, faces.serif, faces);
  if (!face) {
    const text = `the person named at ${place}`;
    const size = fitting(paper, text, faces.serif, { largest: 21, smallest: 10 });
    paper.line({ text, face: faces.serif, size, y: 212, color: inks.accent, role: 'H2', actual: name });
    return;
  }
  const size = fitting(paper, name, face, { largest: 46, smallest: 20 });
  const isLong = paper.width(name, face, size) > room;
  paper.line({
    text: name,
    face,
    size,
    y: isLong ? 195 : 220 - size * 0.52,
    x: (sheet.width - room) / 2 - 1,
    width: room + 2,
    lineGap: 5,
    color: inks.accent,
    role: 'H2',
  });
}

function writeCourse(paper: Paper, { course, place }: PrintedCertificate, faces: Typefaces): void {
  const face = typefaceFor(course, faces.serif, faces);
  const text = face ? course : `named at ${place}`;
  const used = face ?? faces.serif;
  const size = fitting(paper, text, used, { largest: 28, smallest: 18 });
  const lines = Math.ceil(paper.width(text, used, size) / room);
  const shown = lines > 3 ? 13 : size;
  paper.line({
    text,
    face: used,
    size: shown,
    y: lines > 1 ? 296 : 302,
    x: (sheet.width - room) / 2,
    width: room,
    lineGap: 4,
    role: 'H2',
    actual: face ? undefined : course,
  });
}

function writeInstructor(paper: Paper, { instructor, issued }: PrintedCertificate, faces: Typefaces): void {
  const face = typefaceFor(instructor, faces.italic, faces);
  const [x, width] = [84, 226];
  if (face) {
    const size = Math.max(9, Math.min(19, (19 * width) / paper.width(instructor, face, 19)));
    paper.line({ text: instructor, face, size, x, width, y: 467 - size, align: 'left' });
  }
  paper.decorate((pdf) =>
    pdf
      .moveTo(x, 475)
      .lineTo(x + width, 475)
      .lineWidth(0.6)
      .stroke(inks.line),
  );
  paper.line({
    text: face ? 'Instructor' : `Taught by the instructor named there`,
    face: faces.sans,
    size: 8.5,
    x,
    width,
    y: 483,
    align: 'left',
    color: inks.quiet,
    actual: face ? undefined : `Instructor: ${instructor}`,
  });
  paper.line({ text: issued, face: faces.sans, size: 8.5, x, width, y: 497, align: 'left', color: inks.quiet });
}

function writeCode(paper: Paper, { code, place, qr }: PrintedCertificate, faces: Typefaces): void {
  const side = 74;
  const [left, top] = [sheet.width - 84 - side, 434];
  const words = { x: left - 176, width: 162, align: 'right' as const, face: faces.sans };
  paper.line({ ...words, text: code, size: 10.5, y: 465, spacing: 0.3 });
  paper.line({ ...words, text: 'Check it by the square, or at', size: 8.5, y: 483, color: inks.quiet });
  const site = place.slice(0, place.lastIndexOf('/'));
  paper.line({
    ...words,
    text: site,
    size: Math.min(8.5, (8.5 * words.width) / paper.width(site, faces.sans, 8.5)),
    y: 497,
    color: inks.quiet,
  });
  paper.figure(`QR code that leads to ${place}`, (pdf) => {
    pdf.translate(left, top).scale(side / qr.size);
    pdf.path(qr.path).fill(inks.text);
  });
}

/** Two lines around the sheet whose corners are cut inwards, as on old diplomas. */
function drawFrame(pdf: PDFKit.PDFDocument): void {
  for (const [edge, corner, width, color] of [
    [26, 20, 1.1, inks.gold],
    [32, 20, 0.4, inks.gold],
  ] as const) {
    const [right, bottom] = [sheet.width - edge, sheet.height - edge];
    const arc = `A${corner} ${corner} 0 0 0`;
    pdf
      .path(
        `M${edge + corner} ${edge}H${right - corner}${arc} ${right} ${edge + corner}V${bottom - corner}${arc} ${right - corner} ${bottom}H${edge + corner}${arc} ${edge} ${bottom - corner}V${edge + corner}${arc} ${edge + corner} ${edge}Z`,
      )
      .lineWidth(width)
      .stroke(color);
  }
}

function drawMark(pdf: PDFKit.PDFDocument): void {
  pdf.translate(sheet.middle - 16, 54);
  doorway(pdf, inks.accent);
}

/** The school's mark, 32 points a side. */
function doorway(pdf: PDFKit.PDFDocument, color: string): void {
  for (const [path, fill] of [
    ['M3 30V15a13 13 0 0 1 26 0v15z', color],
    ['M8.2 30V15.6a7.8 7.8 0 0 1 15.6 0V30z', '#ffffff'],
    ['M11.4 30V16.2a4.6 4.6 0 0 1 9.2 0V30z', color],
    ['M15.2 30h1.6V17.4h-1.6z', '#ffffff'],
  ] as const)
    pdf.path(path).fill(fill);
}
