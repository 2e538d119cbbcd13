import { setTimeout as wait } from 'node:timers/promises';
import chromiumPackage from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * The package runs the browser in one process and with its security off. Then windows of two people share their cookies, a form sends no
 * `Origin`, and a policy is no policy.
 */
const unwanted =
  /^--(user-data-dir|single-process|no-zygote|in-process-gpu|disable-web-security|allow-running-insecure-content|disable-site-isolation-trials)/;

/** The package draws through a graphics card that it imitates, which costs as much as the pages themselves. The browser's own drawing shows the same. */
const imitatedCard = /^--(ignore-gpu-blocklist|use-gl|use-angle|enable-unsafe-swiftshader)/;

/** How long a page is waited for: a moment where nothing else runs, many times that on a busy machine. */
const patienceMs = 60_000;

/** Chromium from the npm package: no download, no system package. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPackage.executablePath(),
    args: [
      ...chromiumPackage.args.filter((argument) => !unwanted.test(argument) && !imitatedCard.test(argument)),
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
    ignoreDefaultArgs: ['--enable-unsafe-swiftshader'],
    headless: true,
  });
}

/** How many times slower the pages of this run think, where it is disturbed on purpose. */
const slowness = Number(process.env.JOURNEY_SLOW_PAGES ?? 1);

async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowness });
}

export interface VisitorOptions {
  javaScriptEnabled?: boolean;
  colorScheme?: 'light' | 'dark';
  width?: number;
}

/** Lets whoever opens a page by its address act once its scripts have come, unless they say `commit`: what is done before has tests of its own. */
function waitForScripts(page: Page): void {
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)];
  page.goto = async (address, options) => {
    const answer = await goto(address, options);
    if (options?.waitUntil !== 'commit') await isAwake(page);
    return answer;
  };
  page.reload = async (options) => {
    const answer = await reload(options);
    await isAwake(page);
    return answer;
  };
}

/** The framework takes scrolling over as the last thing of its start; a page without it needs no waiting. */
async function isAwake(page: Page): Promise<void> {
  for (const started = performance.now(); performance.now() - started < patienceMs; await wait(20)) {
    const look = () => history.scrollRestoration === 'manual' || ![...document.scripts].some(({ text }) => text.includes('__sveltekit_'));
    // A page that leads on at once is gone before it answers.
    if (await page.evaluate(look).catch(() => page.isClosed())) return;
  }
  throw new Error(`The scripts of ${page.url()} did not come`);
}

/** A person with a browser of their own. What a page of theirs complains about is kept and must be empty in the end. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** Console errors, failed requests and uncaught exceptions so far. */
  complaints: string[];
  close(): Promise<void>;
}

/** Opens a window. `close` fails the test when the page has complained. */
export async function visit(browser: Browser, baseUrl: string, options: VisitorOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    javaScriptEnabled: options.javaScriptEnabled ?? true,
    colorScheme: options.colorScheme ?? 'light',
    viewport: { width: options.width ?? 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(patienceMs);
  if (options.javaScriptEnabled !== false) context.on('page', waitForScripts);
  // A page that is closed at once need not be slow.
  if (slowness > 1) context.on('page', (page) => slowDown(page).catch(() => undefined));
  const page = await context.newPage();
  const complaints: string[] = [];
  context.on('console', (message) => {
    // The browser calls every refused form an error: conflict, invalid, too many.
    const isRefusal = /Failed to load resource.* status of 4(09|22|29)/.test(message.text());
    if (message.type() === 'error' && !isRefusal) complaints.push(`console: ${message.text()}`);
  });
  context.on('weberror', (webError) => complaints.push(`exception: ${webError.error().message}`));
  context.on('requestfailed', (request) => {
    // A page that is left cancels what it was still loading, and a browser without scripts loads none.
    const isUnwanted = options.javaScriptEnabled === false && request.resourceType() === 'script';
    if (request.failure()?.errorText !== 'net::ERR_ABORTED' && !isUnwanted) complaints.push(`request failed: ${request.url()}`);
  });
  return {
    page,
    context,
    complaints,
    async close() {
      await context.close();
      expect(complaints).toEqual([]);
    },
  };
}
