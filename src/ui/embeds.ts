import { embedOf } from '#platform/markdown/embeds.ts';

/**
 * For `<div {@attach embeds}>` around long reading: things of other sites can be opened where they stand. Nothing is asked of such a site before a reader
 * presses the button; then it comes in a frame that reaches nothing of the page.
 */
export function embeds(text: HTMLElement): void {
  for (const box of text.querySelectorAll<HTMLElement>('.embed')) {
    const link = box.querySelector('a');
    const embed = link && embedOf(link.href);
    if (!link || !embed || box.querySelector('button')) continue;
    const words = Object.assign(document.createElement('p'), {
      textContent: `This lies at ${embed.name}. ${embed.verb === 'Play' ? 'Playing' : 'Opening'} it here tells ${embed.name} that you look at it.`,
    });
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: `${embed.verb} it here` });
    button.addEventListener('click', () => box.replaceChildren(frameOf(embed.frame, `At ${embed.name}`), link), { once: true });
    box.prepend(words, button);
  }
}

function frameOf(src: string, title: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  // The sites' own origins differ from ours: what they run stays theirs.
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-presentation');
  Object.assign(frame, { title, allow: 'fullscreen; picture-in-picture; encrypted-media', allowFullscreen: true });
  frame.referrerPolicy = 'strict-origin-when-cross-origin';
  frame.src = src;
  return frame;
}
