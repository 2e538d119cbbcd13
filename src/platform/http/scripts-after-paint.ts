/** Begins with a letter of its own: what begins with white space is tried at every space of the page, which took an eighth of the time of a page. */
const preload = /<link href="([^"]+)" rel="modulepreload">\s*/g;
const begin = /import\("[^"]+"\)(?=\.then\(async \(kit\) => \{)/;

/**
 * Lets a page's scripts come once it has been painted: it is whole without them, and its styles, fonts and pictures have the line for themselves. A window
 * that nobody looks at is not painted; there they come after a second.
 */
export function scriptsAfterPaint(html: string): string {
  const files = [...html.matchAll(preload)].map(([, file]) => file);
  if (!begin.test(html)) return html;
  return html.replaceAll(preload, '').replace(
    begin,
    (first) => `new Promise((painted) => {
						requestAnimationFrame(() => setTimeout(painted));
						setTimeout(painted, 1000);
					}).then(() => {
						for (const href of ${JSON.stringify(files)}) document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
						return ${first};
					})`,
  );
}
