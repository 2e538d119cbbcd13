import { renderMarkdown } from '#platform/markdown/render.ts';

/** A note as a page shows it. */
export interface Note {
  id: string;
  /** As it was written, for changing it. */
  text: string;
  html: string;
  /** Second of the film. */
  atSeconds: number | null;
}

export type NoteRow = Omit<Note, 'html'>;

/** A note with its Markdown made to HTML. Its headings get no ids: two notes on one page may say the same. */
export async function shownNote({ id, text, atSeconds }: NoteRow): Promise<Note> {
  const html = await renderMarkdown(text);
  return { id, text, atSeconds, html: html.replace(/<(h[2-6]|span) id="s-[^"]*"/g, '<$1') };
}
