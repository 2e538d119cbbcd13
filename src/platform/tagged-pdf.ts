import PDFDocument from 'pdfkit';

/** What a PDF says of itself. */
export interface AboutPdf {
  title: string;
  author: string;
  subject: string;
  createdAt: Date;
}

/** A PDF that is being written. What is read out hangs on `root`; `written` comes once the document has ended. */
export interface TaggedPdf {
  pdf: PDFKit.PDFDocument;
  root: PDFKit.PDFStructureElement;
  written: Promise<Buffer>;
}

/** Begins an A4 document as PDF/UA (ISO 14289-1) asks for it: tagged, with a language and a title. */
export function beginTaggedPdf({ title, author, subject, createdAt }: AboutPdf, options: PDFKit.PDFDocumentOptions = {}): TaggedPdf {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/UA' as never,
    tagged: true,
    lang: 'en-US',
    displayTitle: true,
    info: { Title: title, Author: author, Subject: subject, Creator: 'Lyceum', Producer: 'Lyceum', CreationDate: createdAt },
    ...options,
  });
  const chunks: Buffer[] = [];
  const written = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  return { pdf, root, written };
}
