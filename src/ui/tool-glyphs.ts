import { glyphs } from './glyphs.ts';

/** Signs of tools for making things, each one stroke path on a 24 pixel grid. Apart from the others, so that only who makes things loads them. */
export const toolGlyphs = {
  list: glyphs.list,
  success: glyphs.success,
  grip: 'M9 5.5h.01M15 5.5h.01M9 12h.01M15 12h.01M9 18.5h.01M15 18.5h.01',
  pencil: 'M4.5 19.5 5.5 15 15.8 4.7a1.8 1.8 0 0 1 2.5 0l1 1a1.8 1.8 0 0 1 0 2.5L9 18.5zM14 6.5 17.5 10',
  plus: 'M12 5v14M5 12h14',
  dots: 'M5 12h.01M12 12h.01M19 12h.01',
  bold: 'M7 5h6a3.5 3.5 0 0 1 0 7H7zm0 7h7a3.5 3.5 0 0 1 0 7H7z',
  italic: 'M14 5h-4m4 0-4 14m0 0H6m4 0h4M14 5h4',
  strike:
    'M4 12h16M16.5 7.5C16 5.8 14.3 5 12 5c-2.5 0-4.3 1.2-4.3 3.2 0 1.6 1 2.6 3 3.2M7.3 16c.5 2 2.3 3 4.8 3 2.7 0 4.5-1.3 4.5-3.4 0-.6-.1-1.1-.4-1.6',
  code: 'm8 7-5 5 5 5m8-10 5 5-5 5',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2',
  numbers: 'M10 6h10M10 12h10M10 18h10M4 5l1.5-.8V8.5M4 15.8c.3-.5.8-.8 1.3-.8.8 0 1.3.500 1.3 1.1 0 1-2.5 1.7-2.5 3.4h2.6',
  quote: 'M5 17c2.5-1 4-3.2 4-6.5V7H4.5v5H7m7 5c2.5-1 4-3.2 4-6.5V7h-4.5v5H16',
  picture:
    'M5 4h14a1.5 1.5 0 0 1 1.5 1.5v13A1.5 1.5 0 0 1 19 20H5a1.5 1.5 0 0 1-1.5-1.5v-13A1.5 1.5 0 0 1 5 4zM8.5 8.5h.01M4 17l5-5 4 4 3-3 4.5 4.5',
  undo: 'M9 7 4.5 11.5 9 16M5 11.5h9a5 5 0 0 1 0 10h-2',
  redo: 'm15 7 4.5 4.5L15 16m4-4.5h-9a5 5 0 0 0 0 10h2',
} as const;

export type ToolGlyphName = keyof typeof toolGlyphs;
