import { escapeHtml } from './html/escape.ts';

/** A smaller line at the end of a letter; with a `url` it ends in that link. */
type Note = string | { text: string; url: string };

/** What a mail says, apart from how it looks. */
export interface Letter {
  heading: string;
  paragraphs: string[];
  button?: { label: string; url: string };
  /** Until when the link works, what to do when one did not ask for it. */
  notes?: Note[];
}

const signature = 'Lyceum';
const lineLength = 76;

/** Whether words have an address in them, of the web or of a mailbox: a stranger may have typed them, to have the school mail their link. */
export function holdsAddress(words: string): boolean {
  return /:\/\/|@|[^\s.]\.[^\s.]{2}/.test(words);
}

/** How a letter begins. A name with an address in it is left out. */
export function greeting(name: string): string {
  return holdsAddress(name) ? 'Hello,' : `Hello ${name},`;
}

/** The letter as plain text, in lines that every screen holds; a link is never broken. */
export function letterText(letter: Letter): string {
  const parts = [letter.heading, ...letter.paragraphs].map(wrapped);
  if (letter.button) parts.push(`${letter.button.label}:\n${letter.button.url}`);
  const notes = (letter.notes ?? []).map((note) => (typeof note === 'string' ? wrapped(note) : `${wrapped(note.text)}\n${note.url}`));
  return `${[...parts, ...notes, `-- \n${signature}`].join('\n\n')}\n`;
}

function wrapped(text: string): string {
  const lines = [''];
  for (const word of text.trim().split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + word.length < lineLength) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

const serif = "font-family:Newsreader,Georgia,'Times New Roman',serif";
const sans = "font-family:Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** For programs that follow the device; the others keep the light colors, which are on the elements themselves. */
const darkStyle = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.paper{background:#0f131c!important}
.sheet{background:#1a1f2b!important;border-color:#343a49!important}
.ink{color:#eeeae3!important}
.muted{color:#a6adba!important}
.rule{border-color:#343a49!important}
.link{color:#9db4f5!important}
.button{background:#9db4f5!important;color:#10141d!important}
}
@media (max-width:480px){.sheet{padding:28px 22px 12px!important}}`;

/** The letter as HTML for mail programs: tables and inline styles, because many of them know nothing else; no picture, no script. */
export function letterHtml(letter: Letter): string {
  const heading = escapeHtml(letter.heading);
  const body = [
    `<h1 class="ink" style="margin:0 0 20px;${serif};font-size:29px;line-height:36px;font-weight:500;letter-spacing:-0.01em;color:#241c17">${heading}</h1>`,
    ...letter.paragraphs.map(
      (text) => `<p class="ink" style="margin:0 0 16px;${sans};font-size:16px;line-height:26px;color:#241c17">${escapeHtml(text)}</p>`,
    ),
    letter.button ? buttonHtml(letter.button) : '',
    notesHtml(letter.notes ?? []),
  ];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${heading}</title>
<style>
${darkStyle}
</style></head>
<body class="paper" style="margin:0;padding:0;background:#f8f4ed">
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" style="background:#f8f4ed"><tr><td align="center" style="padding:36px 16px 48px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">
<tr><td class="ink" style="padding:0 4px 18px;${serif};font-size:22px;line-height:28px;font-weight:500;letter-spacing:-0.02em;color:#241c17">${signature}</td></tr>
<tr><td class="sheet" style="padding:40px 36px 20px;background:#fffdfa;border:1px solid #e5ded3;border-radius:12px">
${body.filter(Boolean).join('\n')}
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}

const followsDevice = '(prefers-color-scheme:dark)';

/** A letter in the colors asked for, whatever the device: for looking at it. */
export function inColors(html: string, colors: 'light' | 'dark'): string {
  return html.replaceAll(followsDevice, colors === 'dark' ? 'all' : 'not all');
}

function buttonHtml({ label, url }: { label: string; url: string }): string {
  const link = escapeHtml(url);
  return `<p style="margin:28px 0"><a class="button" href="${link}" target="_blank" rel="noopener" style="display:inline-block;padding:14px 24px;border-radius:10px;background:#24399a;color:#fffdfa;${sans};font-size:16px;line-height:20px;font-weight:600;text-decoration:none">${escapeHtml(label)}</a></p>
<p class="muted" style="margin:0 0 20px;${sans};font-size:13px;line-height:20px;color:#6b6058">Or open this address:<br><a class="link" href="${link}" target="_blank" rel="noopener" style="color:#24399a;word-break:break-all">${link}</a></p>`;
}

function notesHtml(notes: Note[]): string {
  if (notes.length === 0) return '';
  const lines = notes.map((note) => {
    const words = typeof note === 'string' ? escapeHtml(note) : `${escapeHtml(note.text)} ${linkHtml(note.url)}`;
    return `<p class="muted" style="margin:0 0 12px;${sans};font-size:14px;line-height:22px;color:#6b6058">${words}</p>`;
  });
  return `<div class="rule" style="margin:24px 0 0;padding:20px 0 0;border-top:1px solid #e5ded3">\n${lines.join('\n')}\n</div>`;
}

function linkHtml(url: string): string {
  const link = escapeHtml(url);
  return `<a class="link" href="${link}" target="_blank" rel="noopener" style="color:#24399a;word-break:break-word">${link}</a>`;
}
