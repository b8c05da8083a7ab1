import type { FidelityPage } from './fidelity-page.ts';

/** Pages made of other people's libraries, in their own words, and what a customer does there. */
const library = (name: string, act: FidelityPage['act'], hold?: FidelityPage['hold']): FidelityPage => ({
  name,
  path: `/${name}.html`,
  site: 'libraries',
  act,
  ...(hold && { hold }),
});

export const LIBRARY_PAGES: readonly FidelityPage[] = [
  library('bootstrap', async (page) => {
    await page.getByRole('button', { name: 'Launch modal' }).click();
    await page.getByRole('dialog').getByRole('textbox').pressSequentially('hello');
  }),
  library('pico', async (page) => {
    await page.getByRole('textbox', { name: 'First name' }).pressSequentially('Ada');
    await page.locator('summary').first().click();
  }),
  library('primer', async (page) => {
    await page.getByLabel('Title').pressSequentially('A title');
    await page.locator('summary').click();
    await page.getByRole('menuitem').first().hover();
  }),
  library('patternfly', async (page) => {
    await page.getByLabel('Name').pressSequentially('north-2');
    await page.locator('.pf-v6-c-switch').click();
    await page.getByText('node-20').scrollIntoViewIfNeeded();
  }),
  library('uswds', async (page) => {
    await page.getByRole('button', { name: 'Second Amendment' }).click();
    await page.getByRole('button', { name: 'Toggle calendar' }).click();
  }),
  library('swagger', async (page) => {
    await page.getByRole('button', { name: 'get /pet/{id}', exact: true }).click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByPlaceholder('id').pressSequentially('12');
  }),
  library('fluent', async (page) => {
    await page.locator('fluent-text-field').pressSequentially('Hello');
    await page.locator('fluent-combobox').click();
    await page.getByRole('option', { name: 'Grace' }).hover();
  }),
  library('carbon', async (page) => {
    await page.getByLabel('Name').pressSequentially('north');
    await page.locator('#open').click();
    await page.getByText('Nothing of it will remain.').waitFor();
  }),
  library('ionic', async (page) => {
    await page.getByLabel('Name').pressSequentially('Ada');
    await page.getByText('Second', { exact: true }).click();
    await page.getByText('Second content').waitFor();
    // Opened by an animation of a script's.
    await page.locator('#pay').click();
    await page.getByText('It is final.').waitFor();
  }),
  library('shoelace', async (page) => {
    await page.getByLabel('Name').pressSequentially('Ada');
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('menuitem', { name: 'Copy' }).hover();
  }),
  library('leaflet', async (page) => {
    await page.locator('.leaflet-marker-icon').click();
    await page.getByRole('button', { name: 'Zoom in' }).click();
  }),
  library('tabulator', async (page) => {
    await page.locator('.tabulator-tableholder').evaluate((holder) => holder.scrollTo(0, 3000));
    await page.locator('.tabulator-col', { hasText: 'Rating' }).hover();
  }),
  library('ag-grid', async (page) => {
    await page.locator('.ag-grid-viewport').evaluate((viewport) => viewport.scrollTo(0, 900));
    await page.locator('.ag-header-cell-text', { hasText: 'Price' }).click();
  }),
  library('chart', (page) => page.getByRole('button', { name: 'More' }).click()),
  library('three', (page) => page.getByRole('button', { name: 'Turn' }).click()),
  library('mermaid', async (page) => {
    await page.getByRole('button', { name: 'Another' }).click();
    await page.getByRole('heading', { name: 'One more diagram' }).waitFor();
  }),
  library('mathjax', async (page) => {
    await page.getByRole('button', { name: 'Another' }).click();
    await page.locator('#more mjx-container').waitFor();
  }),
  library('codemirror', async (page) => {
    await page.locator('.cm-content').click();
    await page.keyboard.type('// typed ');
    await page.locator('.cm-scroller').evaluate((scroller) => scroller.scrollTo(0, 900));
  }),
  library('monaco', async (page) => {
    await page.locator('.view-lines').click();
    await page.keyboard.type('// typed ');
    await page.locator('.view-lines').hover();
    await page.mouse.wheel(0, 900);
  }),
  library('mui', async (page) => {
    await page.getByRole('tab', { name: 'Hotel' }).click();
    await page.getByLabel('Name').pressSequentially('Ada');
    await page.getByRole('combobox', { name: 'City' }).click();
    await page.getByRole('option', { name: 'Kyoto' }).hover();
  }),
  library('vuetify', async (page) => {
    await page.locator('#name').pressSequentially('Ada');
    await page.getByRole('button', { name: 'Renew' }).click();
    await page.getByText('Renew all?').waitFor();
  }),
  library('svelte', async (page) => {
    await page.getByLabel('Add').pressSequentially('Salt');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Turn round' }).click();
    await page.getByRole('button', { name: 'More' }).click();
  }),
  library('angular', async (page) => {
    await page.getByLabel('Add').pressSequentially('Salt');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Drop' }).nth(2).click();
  }),
  library('lit', (page) => page.getByRole('button', { name: 'Take' }).first().click()),
];
