import { createWords } from './words.mjs';

/**
 * The page for measuring changes: a list of items with a text, an attribute and a style to change, and a table whose rows
 * come, go and move. Both stand in a box that is not displayed: laying them out costs the browser many times what
 * recording does, the same with or without it, and its noise would hide what is measured.
 */
export function changesPage() {
  const { words } = createWords(10);
  let items = '';
  for (let index = 0; index < 10_000; index += 1) {
    items += `<p class="item"><span data-state="idle" style="color: #222">${words(2)}</span></p>`;
  }
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Changes</title></head><body><main><h1>Changes</h1>
<div style="display: none"><div id="items">${items}</div><table><tbody id="rows"></tbody></table></div></main></body></html>`;
}
