import { escapeHtml } from './html/escape.ts';

/** What a mail says, apart from how it looks. */
export interface Letter {
  heading: string;
  paragraphs: string[];
  button?: { label: string; url: string };
  /** Smaller lines at the end: until when the link works, what to do when one did not ask for it. */
  notes?: string[];
}

const signature = 'Lyceum';

/** The letter as plain text. */
export function letterText(letter: Letter): string {
  const parts = [letter.heading, ...letter.paragraphs];
  if (letter.button) parts.push(`${letter.button.label}:\n${letter.button.url}`);
  return `${[...parts, ...(letter.notes ?? []), `-- \n${signature}`].join('\n\n')}\n`;
}

const serif = "font-family:Newsreader,Georgia,'Times New Roman',serif";
const sans = "font-family:Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** The letter as HTML for mail programs: tables and inline styles, because many of them know nothing else; no picture, no script. */
export function letterHtml(letter: Letter): string {
  const paragraph = (text: string, style: string) => `<p style="margin:0 0 16px;${style}">${escapeHtml(text)}</p>`;
  const body = [
    `<h1 style="margin:0 0 20px;${serif};font-size:28px;line-height:34px;font-weight:500;color:#241c17">${escapeHtml(letter.heading)}</h1>`,
    ...letter.paragraphs.map((text) => paragraph(text, `${sans};font-size:16px;line-height:26px;color:#241c17`)),
    letter.button ? buttonHtml(letter.button) : '',
    ...(letter.notes ?? []).map((text) => paragraph(text, `${sans};font-size:14px;line-height:21px;color:#6b6058`)),
  ];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${escapeHtml(letter.heading)}</title></head>
<body style="margin:0;padding:0;background:#f8f4ed">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f8f4ed"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">
<tr><td style="padding:0 4px 16px;${serif};font-size:20px;color:#241c17">${signature}</td></tr>
<tr><td style="padding:36px 32px 20px;background:#fffdfa;border:1px solid #e5ded3;border-radius:10px">
${body.filter(Boolean).join('\n')}
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}

function buttonHtml({ label, url }: { label: string; url: string }): string {
  const link = escapeHtml(url);
  return `<p style="margin:24px 0"><a href="${link}" target="_blank" rel="noopener" style="display:inline-block;padding:13px 22px;border-radius:10px;background:#24399a;color:#fffdfa;${sans};font-size:16px;line-height:20px;font-weight:600;text-decoration:none">${escapeHtml(label)}</a></p>
<p style="margin:0 0 16px;${sans};font-size:12px;line-height:18px;color:#6b6058">Or open this address: <a href="${link}" target="_blank" rel="noopener" style="color:#24399a;word-break:break-all">${link}</a></p>`;
}
