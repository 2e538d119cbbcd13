import type { TrueTypeFont } from '#platform/fonts/true-type.ts';
import { type AboutPdf, beginTaggedPdf } from '#platform/tagged-pdf.ts';

/** Colors of ink on white paper: those of the school's light theme. */
export const inks = { text: '#241c17', quiet: '#6b6058', accent: '#24399a', gold: '#a3762c', line: '#cfc5b6' };

/** A4 on its side, in points. */
export const sheet = { width: 841.89, height: 595.28, middle: 841.89 / 2 };

/** A line of text in its place. */
export interface PaperLine {
  text: string;
  face: TrueTypeFont;
  size: number;
  y: number;
  color?: string;
  /** Where the line stands; the whole sheet's middle unless it says otherwise. */
  x?: number;
  width?: number;
  align?: 'left' | 'center' | 'right';
  spacing?: number;
  lineGap?: number;
  /** What it is to whoever listens: a heading, a paragraph. */
  role?: 'H1' | 'H2' | 'P';
  /** What is read out and copied in place of the text. */
  actual?: string;
}

/** A sheet that is being drawn on. What is text is tagged in the order in which it is written; everything else is decoration. */
export interface Paper {
  line(line: PaperLine): void;
  /** How wide a text is in a typeface at a size. */
  width(text: string, face: TrueTypeFont, size: number): number;
  decorate(draw: (pdf: PDFKit.PDFDocument) => void): void;
  figure(alt: string, draw: (pdf: PDFKit.PDFDocument) => void): void;
  finish(): Promise<Buffer>;
}

/** A new sheet to draw on. */
export function newPaper(about: AboutPdf): Paper {
  const { pdf, root, written } = beginTaggedPdf(about, { layout: 'landscape' });
  return {
    line({
      text,
      face,
      size,
      y,
      color = inks.text,
      x = 0,
      width = sheet.width,
      align = 'center',
      spacing = 0,
      lineGap = 0,
      role = 'P',
      actual,
    }) {
      const write = () =>
        pdf
          .font(face.file)
          .fontSize(size)
          .fillColor(color)
          .text(text, x, y, { width, align, characterSpacing: spacing, lineGap, lineBreak: width > 0 });
      root.add(pdf.struct(role, actual === undefined ? {} : { actual }, write));
    },
    width: (text, face, size) => pdf.font(face.file).fontSize(size).widthOfString(text),
    decorate(draw) {
      pdf.markContent('Artifact', { type: 'Layout' });
      pdf.save();
      draw(pdf);
      pdf.restore();
      pdf.endMarkedContent();
    },
    figure(alt, draw) {
      root.add(
        pdf.struct('Figure', { alt }, () => {
          pdf.save();
          draw(pdf);
          pdf.restore();
        }),
      );
    },
    finish() {
      root.end();
      pdf.end();
      return written;
    },
  };
}
