import type { Page } from 'playwright-core';
import type { FidelityPage } from './fidelity-page.ts';
import { LIBRARY_PAGES } from './library-pages.ts';

const demo = (path: string, act: FidelityPage['act']): FidelityPage => ({
  name: `demo: ${path.replace(/\.html$/u, '')}`,
  path: `/demo/${path}`,
  site: 'demo',
  act,
});

const scroll = (page: Page, pixels: number): Promise<void> =>
  page.evaluate((top) => window.scrollTo({ top, behavior: 'instant' }), pixels);

/** A reader's way through a page that has nothing to fill in. */
const read = async (page: Page): Promise<void> => {
  await scroll(page, 300);
  await page.mouse.move(200, 30);
};

const typeFirst =
  (text: string): FidelityPage['act'] =>
  async (page) => {
    const field = page.locator('main').getByRole('textbox').first();
    await field.scrollIntoViewIfNeeded();
    await field.pressSequentially(text);
  };

export const PAGES: readonly FidelityPage[] = [
  demo('index.html', async (page) => {
    await scroll(page, 400);
    await page.locator('main a').first().hover();
  }),
  demo('shop.html', async (page) => {
    await page.locator('main select').first().selectOption({ index: 1 });
    await page.locator('main input[type=checkbox]').first().check();
  }),
  demo('product.html', (page) => page.locator('main button').first().click()),
  demo('basket.html', read),
  demo('checkout.html', async (page) => {
    await page.locator('#given-name').pressSequentially('Ada');
    await page.keyboard.press('Tab');
  }),
  {
    ...demo('dashboard.html', (page) => page.locator('main select').selectOption({ index: 2 })),
    hold: (page) => page.locator('#pause').click(),
  },
  demo('article.html', read),
  demo('help.html', (page) => page.locator('main summary').first().click()),
  demo('react.html', (page) => page.locator('main').getByRole('radio').last().check({ force: true })),
  demo('vue.html', read),
  demo('account/login.html', (page) => page.locator('main input').first().fill('someone@site.example')),
  demo('account/index.html', read),
  demo('account/profile.html', typeFirst('Lovelace')),
  demo('shift-jis.html', read),
  ...LIBRARY_PAGES,
];
