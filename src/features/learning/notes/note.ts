import { renderMarkdown } from '#platform/markdown/render.ts';
import { remembering } from '#platform/remembering.ts';

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

/** What notes become is decided by their text alone. They are shown far more often than they are changed. */
const shown = remembering(500, htmlOf);

/** A note with its Markdown made to HTML. */
export async function shownNote({ id, text, atSeconds }: NoteRow): Promise<Note> {
  return { id, text, atSeconds, html: await shown(text) };
}

/** Its headings get no ids: two notes on one page may say the same. */
async function htmlOf(text: string): Promise<string> {
  const html = await renderMarkdown(text);
  return html.replace(/<(h[2-6]|span) id="s-[^"]*"/g, '<$1');
}
