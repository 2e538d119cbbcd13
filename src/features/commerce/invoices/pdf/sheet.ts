import type { TrueTypeFont } from '#platform/fonts/true-type.ts';
import { type Typefaces, typefaceFor } from '#platform/fonts/typefaces.ts';
import { type AboutPdf, beginTaggedPdf } from '#platform/tagged-pdf.ts';

/** Colors of ink on white paper: those of the school's light theme. */
export const inks = { text: '#241c17', quiet: '#6b6058', accent: '#24399a', line: '#cfc5b6' };

/** A4 upright, in points, and where what is written begins and ends. */
export const page = { width: 595.28, height: 841.89, left: 56, right: 539.28, top: 60, bottom: 772 };

/** A text in its place. */
export interface Words {
  text: string;
  face?: TrueTypeFont;
  size?: number;
  x?: number;
  width?: number;
  align?: 'left' | 'right';
  color?: string;
  spacing?: number;
}

/** What a text is to whoever listens. */
export type Role = 'H1' | 'H2' | 'P';
/** A cell of a row: its words, and whether it heads its column. */
export type Cell = Words & { isHead?: boolean };

/** A paper of as many pages as it needs, written from top to bottom. What is text is tagged in the order in which it is written; everything else is decoration. */
export interface Sheet {
  /** Where the next line goes. */
  y: number;
  write(role: Role, words: Words, y?: number): void;
  /** How high a text is in its width. */
  height(words: Words): number;
  beginTable(): void;
  row(cells: Cell[], options: { before: number; after: number }): void;
  endTable(): void;
  rule(color?: string): void;
  decorate(draw: (pdf: PDFKit.PDFDocument) => void): void;
  /** Goes on on a new page unless there is room for so much. */
  need(height: number): boolean;
  finish(footer: string): Promise<Buffer>;
}

interface AboutSheet extends AboutPdf {
  faces: Typefaces;
  /** What stands where the typefaces lack the letters of a text. */
  elsewhere: string;
}

/** Figures of one width: sums stand digit under digit. */
const figures: PDFKit.Mixins.OpenTypeFeatures[] = ['tnum'];

/** A new paper to write on, over as many pages as it takes. */
export function newSheet(about: AboutSheet): Sheet {
  const { pdf, root, written } = beginTaggedPdf(about, { bufferPages: true });
  const pen = penOf(pdf, about);
  let table: PDFKit.PDFStructureElement | undefined;
  const sheet: Sheet = {
    y: page.top,
    write(role, words, y = sheet.y) {
      root.add(pen.tagged(role, words, y));
    },
    height: pen.height,
    beginTable() {
      table = pdf.struct('Table');
      root.add(table);
    },
    row(cells, { before, after }) {
      const row = pdf.struct('TR');
      table?.add(row);
      sheet.y += before;
      for (const cell of cells) row.add(pen.tagged(cell.isHead ? 'TH' : 'TD', cell, sheet.y));
      row.end();
      sheet.y += Math.max(...cells.map((cell) => pen.height(cell))) + after;
    },
    endTable() {
      table?.end();
      table = undefined;
    },
    rule(color = inks.line) {
      pen.decorate(() => pdf.moveTo(page.left, sheet.y).lineTo(page.right, sheet.y).lineWidth(0.6).stroke(color));
    },
    decorate: pen.decorate,
    need(height) {
      if (sheet.y + height <= page.bottom) return false;
      pdf.addPage();
      sheet.y = page.top;
      return true;
    },
    finish(footer) {
      root.end();
      const { count } = pdf.bufferedPageRange();
      for (let index = 0; index < count; index += 1) {
        pdf.switchToPage(index);
        const words = { text: `${footer}   ·   ${index + 1} / ${count}`, size: 8, color: inks.quiet };
        pen.decorate(pen.draw(pen.set(words), page.bottom + 22));
      }
      pdf.end();
      return written;
    },
  };
  return sheet;
}

/** Puts words on the paper, in letters that the typefaces have. */
function penOf(pdf: PDFKit.PDFDocument, about: AboutSheet) {
  const set = (words: Words) => ({ ...words, ...drawable(words, about) });
  const options = ({ width = page.right - page.left, align = 'left', spacing = 0 }: Words) => ({
    width,
    align,
    characterSpacing: spacing,
    lineGap: 2,
    features: figures,
  });
  const draw = (words: ReturnType<typeof set>, y: number) => () =>
    pdf
      .font(words.face.file)
      .fontSize(words.size ?? 9.5)
      .fillColor(words.color ?? inks.text)
      .text(words.text, words.x ?? page.left, y, options(words));
  return {
    set,
    draw,
    tagged(role: string, words: Words, y: number) {
      const shown = set(words);
      return pdf.struct(role as 'P', shown.actual === undefined ? {} : { actual: shown.actual }, draw(shown, y));
    },
    height(words: Words) {
      const shown = set(words);
      return pdf
        .font(shown.face.file)
        .fontSize(words.size ?? 9.5)
        .heightOfString(shown.text, options(words));
    },
    /** What is no text, and not read out. */
    decorate(paint: (pdf: PDFKit.PDFDocument) => void) {
      pdf.markContent('Artifact', { type: 'Layout' });
      pdf.save();
      paint(pdf);
      pdf.restore();
      pdf.endMarkedContent();
    },
  };
}

/** A text in letters that the typefaces have. Where they lack some, what is read out and copied is the text itself. */
function drawable({ text, face }: Words, { faces, elsewhere }: AboutSheet): { text: string; face: TrueTypeFont; actual?: string } {
  const plain = text
    .normalize('NFC')
    .replaceAll(/[\u00a0\u202f]/g, ' ')
    .replaceAll(/[\u200e\u200f\u061c]/g, '');
  const known = typefaceFor(plain.replaceAll('\n', ''), face ?? faces.sans, faces);
  return known ? { text: plain, face: known } : { text: elsewhere, face: faces.italic, actual: text };
}
