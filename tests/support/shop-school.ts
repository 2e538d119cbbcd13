import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { joinEmbeddedPostgres } from '#platform/database/embedded.server.ts';
import { launchBrowser, type Visitor, visit } from './browser.ts';
import { type School, startSchool } from './school.ts';
import { beginSession } from './session.ts';

const secret = 'a secret for tests that has more than 32 characters';

/** An empty school whose rows a journey can write, and which lets in whom it is told to. */
export interface ShopSchool {
  school: School;
  browser: Browser;
  owner: pg.Client;
  /** A window of somebody who has signed in. */
  enter(person: { id: string }): Promise<Visitor>;
  stop(): Promise<void>;
}

export async function startShopSchool(): Promise<ShopSchool> {
  const [browser, school] = await Promise.all([launchBrowser(), startSchool({ words: ['--empty'], environment: { SECRET: secret } })]);
  const owner = new pg.Client({ connectionString: (await joinEmbeddedPostgres(school.dataDir))?.ownerUrl });
  await owner.connect();
  return {
    school,
    browser,
    owner,
    async enter(person) {
      const visitor = await visit(browser, school.baseUrl);
      const [name = '', value = ''] = (await beginSession({ owner, secret }, person.id)).split('=');
      await visitor.context.addCookies([{ name, value, url: school.baseUrl }]);
      return visitor;
    },
    async stop() {
      await browser.close();
      await owner.end();
      await school.stop();
    },
  };
}

/** Presses the first button of a name. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
}
