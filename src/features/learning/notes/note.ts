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

/** What notes became, by their text, which alone decides it. They are shown far more often than they are changed. */
const shown = new Map<string, Promise<string>>();
const mostShown = 500;

/** A note with its Markdown made to HTML. */
export async function shownNote({ id, text, atSeconds }: NoteRow): Promise<Note> {
  const html = shown.get(text) ?? htmlOf(text);
  // Whatever was shown last goes last.
  shown.delete(text);
  shown.set(text, html);
  if (shown.size > mostShown) shown.delete(shown.keys().next().value!);
  return { id, text, atSeconds, html: await html };
}

/** Its headings get no ids: two notes on one page may say the same. */
async function htmlOf(text: string): Promise<string> {
  const html = await renderMarkdown(text);
  return html.replace(/<(h[2-6]|span) id="s-[^"]*"/g, '<$1');
}
