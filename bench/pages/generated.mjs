import { MORE_PAGES } from './more.mjs';
import { page, times } from './page.mjs';
import { createWords } from './words.mjs';

/**
 * Pages of different character, 1,000 to 90,000 nodes. They are made, not copied, so that everyone measures the same
 * ones; each function returns the whole document's HTML.
 * @type {Readonly<Record<string, () => string>>}
 */
export const GENERATED_PAGES = {
  article,
  settings,
  products,
  forms,
  utility,
  dashboard,
  nested,
  list,
  table,
  ...MORE_PAGES,
};

/** A long read: paragraphs, links, emphasis, notes. About 3,400 nodes. */
function article() {
  const { sentence, sentences, words, number } = createWords(1);
  const paragraph = () =>
    `<p>${sentences(2)} <a href="/topics/${number(900)}">${words(3)}</a>, ${sentence()} <em>${words(2)}</em> ${sentences(2)}</p>`;
  const section = (/** @type {number} */ index) =>
    `<section id="part-${index}"><h2>${words(5)}</h2>${times(8, paragraph)}<figure><img src="/picture.png?${index}" alt="${words(4)}" width="640" height="360"><figcaption>${sentence()}</figcaption></figure></section>`;
  return page('Article', `<main><article><h1>${words(7)}</h1>${times(48, section)}</article></main>`);
}

/** Cards in a grid, as a shop shows them. About 12,000 nodes. */
function products() {
  const { words, sentence, number, pick } = createWords(2);
  const card = (/** @type {number} */ index) => `
    <article class="card" data-product-id="${100000 + index}">
      <a class="card__link" href="/shop/${index}-${words(2).replaceAll(' ', '-')}">
        <img class="card__image" src="/picture.png?${index % 12}" alt="${words(3)}" width="320" height="320" loading="lazy">
        <h3 class="card__title">${words(4)}</h3>
      </a>
      <p class="card__text">${sentence()}</p>
      <p class="card__price"><span class="card__currency">€</span><span>${number(900)}.${number(90) + 10}</span></p>
      <ul class="card__tags">${times(3, () => `<li class="tag tag--${pick(['new', 'sale', 'eco'])}">${words(1)}</li>`)}</ul>
      <button class="button" type="button" aria-label="Add ${words(2)} to basket">Add to basket</button>
    </article>`;
  return page('Products', `<main><h1>Products</h1><div class="grid">${times(400, card)}</div></main>`);
}

/** 2,000 rows of nine cells. About 44,000 nodes. */
function table() {
  const { words, number, pick, hex } = createWords(3);
  const row = (/** @type {number} */ index) =>
    `<tr id="row-${index}"><td><input type="checkbox" name="pick-${index}"></td><td>${10000 + index}</td><td><a href="/orders/${hex()}">${hex()}</a></td><td>${words(2)}</td><td class="number">${number(9999)}.${10 + number(89)}</td><td class="number">${number(99)}</td><td><span class="state state--${pick(['open', 'paid', 'late'])}">${pick(['Open', 'Paid', 'Late'])}</span></td><td>2026-0${1 + number(9)}-${10 + number(18)}</td><td>${words(4)}</td></tr>\n`;
  return page(
    'Orders',
    `<main><h1>Orders</h1><table><thead><tr>${times(9, () => `<th scope="col">${words(1)}</th>`)}</tr></thead><tbody>${times(2000, row)}</tbody></table></main>`,
  );
}

/** Fields of every kind in one long application form. About 9,000 nodes. */
function forms() {
  const { words, number } = createWords(4);
  const field = (/** @type {number} */ index) => {
    const id = `field-${number(1e6)}-${index}`;
    const label = `<label for="${id}">${words(3)}</label>`;
    const control = [
      `<input id="${id}" name="${id}" type="text" autocomplete="off" value="${words(2)}">`,
      `<input id="${id}" name="${id}" type="email" placeholder="${words(1)}@example.com" required>`,
      `<textarea id="${id}" name="${id}" rows="3">${words(6)}</textarea>`,
      `<select id="${id}" name="${id}">${times(8, (option) => `<option value="${option}"${option === 3 ? ' selected' : ''}>${words(2)}</option>`)}</select>`,
      `<input id="${id}" name="${id}" type="checkbox"${index % 2 ? ' checked' : ''}>`,
      `<input id="${id}" name="${id}" type="number" min="0" max="99" value="${number(99)}">`,
    ][index % 6];
    return `<div class="field">${label}${control}<small class="hint" id="${id}-hint">${words(7)}</small></div>`;
  };
  const group = () => `<fieldset><legend>${words(3)}</legend>${times(18, field)}</fieldset>`;
  return page(
    'Application',
    `<main><form action="/apply" method="post">${times(55, group)}<button type="submit">Send</button></form></main>`,
  );
}

/** Rows of boxes with the long class lists of utility CSS. About 19,000 nodes. */
function utility() {
  const { words, number, pick } = createWords(5);
  const classes = () =>
    `flex items-${pick(['center', 'start', 'end'])} justify-between gap-${number(8)} px-${number(8)} py-${number(6)} text-sm font-medium text-gray-${1 + number(9)}00 hover:bg-gray-50 focus:ring-2 md:w-1/${2 + number(3)} dark:text-white`;
  const item = () =>
    `<div class="${classes()}"><div class="${classes()}"><span class="inline-flex rounded-full h-8 w-8"></span><div class="min-w-0 flex-1"><p class="truncate text-sm">${words(3)}</p><p class="truncate text-xs text-gray-500">${words(5)}</p></div></div><div class="${classes()}"><span class="badge px-2 py-1">${number(100)}</span><button type="button" class="${classes()}">${words(1)}</button></div></div>`;
  return page(
    'Team',
    `<div id="root"><div class="min-h-full"><main class="mx-auto max-w-7xl">${times(1450, item)}</main></div></div>`,
  );
}

/** Charts drawn in SVG: paths, groups, ticks. About 22,000 nodes. */
function dashboard() {
  const { words, number, random } = createWords(6);
  const path = () => {
    let y = 100;
    return `M${times(40, (x) => `${x * 8},${(y += random() * 20 - 10).toFixed(2)} `)}`;
  };
  const tick = (/** @type {number} */ index) =>
    `<g class="tick" transform="translate(${index * 16},0)"><line y2="6" stroke="currentColor"></line><text y="9" dy="0.71em" fill="#555">${number(500)}</text></g>`;
  const bar = (/** @type {number} */ index) =>
    `<rect x="${index * 9}" y="${number(90)}" width="7" height="${number(120)}" fill="#${number(4096).toString(16).padStart(3, '0')}"></rect>`;
  const chart = () =>
    `<section class="panel"><h2>${words(2)}</h2><svg viewBox="0 0 320 200" role="img" aria-label="${words(3)}"><g class="axis" fill="none" font-size="10">${times(20, tick)}</g><g class="bars">${times(36, bar)}</g><path class="line" fill="none" stroke="#06c" stroke-width="1.5" d="${path()}"></path><g class="points">${times(40, (index) => `<circle cx="${index * 8}" cy="${number(200)}" r="2"><title>${words(1)} ${number(99)}</title></circle>`)}</g></svg></section>`;
  return page('Dashboard', `<main><h1>Dashboard</h1><div class="grid">${times(90, chart)}</div></main>`);
}

/** Preferences with a style attribute on nearly everything. About 2,100 nodes. */
function settings() {
  const { words, number } = createWords(7);
  const style = () =>
    `padding: ${number(24)}px ${number(24)}px; margin-bottom: ${number(30)}px; color: rgb(${number(255)}, ${number(255)}, ${number(255)}); border: 1px solid rgba(0, 0, 0, 0.${10 + number(80)}); width: ${number(100)}%;`;
  const row = (/** @type {number} */ index) =>
    `<div class="row" style="${style()}"><div style="${style()}"><strong style="font-size: ${10 + number(8)}px">${words(3)}</strong><p style="${style()}">${words(12)}</p></div><label class="switch" style="${style()}"><input type="checkbox" id="option-${index}"${index % 3 ? '' : ' checked'}><span class="slider" style="transform: translateX(${number(40)}px)"></span></label></div>`;
  return page('Settings', `<main style="max-width: 60rem">${times(230, row)}</main>`);
}

/** Boxes in boxes, 60 deep, as page builders make them. About 15,000 nodes. */
function nested() {
  const { words } = createWords(8);
  const tower = (/** @type {number} */ index) =>
    `${times(60, (level) => `<div class="wrap level-${level}" data-block="${index}">`)}<p>${words(8)}</p>${'</div>'.repeat(60)}`;
  return page('Builder', `<div id="app">${times(245, tower)}</div>`);
}

/** A list of messages, as feeds and inboxes are. About 50,000 nodes. */
function list() {
  const { words, sentence, number, hex } = createWords(9);
  const item = (/** @type {number} */ index) =>
    `<li class="message" data-id="${hex()}" role="listitem"><a href="/m/${hex()}" class="message__from">${words(2)}</a> <time datetime="2026-03-${10 + number(18)}">${number(23)}:${10 + number(49)}</time><p class="message__text">${sentence()}</p><button type="button" aria-pressed="${index % 2 === 0}" title="${words(2)}">★</button></li>\n`;
  return page('Messages', `<main><h1>Messages</h1><ul class="messages">${times(4500, item)}</ul></main>`);
}
