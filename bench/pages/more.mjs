import { page, times } from './page.mjs';
import { createWords } from './words.mjs';

/**
 * More pages, as `generated.mjs` has them: what those lack is very small, very large, or made of other things.
 * @type {Readonly<Record<string, () => string>>}
 */
export const MORE_PAGES = { landing, calendar, icons, comments, code, log, sheet };

/** A company's front page. About 1,100 nodes. */
function landing() {
  const { words, sentence, number } = createWords(11);
  const feature = (/** @type {number} */ index) =>
    `<div class="panel" id="feature-${index}"><img src="/picture.png?${index}" alt="" width="64" height="64"><h3>${words(3)}</h3><p>${sentence()} <a href="/features/${index}?from=front">${words(2)}</a></p></div>`;
  const price = () =>
    `<section class="card"><h3>${words(1)}</h3><p><strong>${number(90)}</strong> a month</p><ul>${times(8, () => `<li>${words(4)}</li>`)}</ul><a class="button" href="/buy">${words(2)}</a></section>`;
  return page(
    'Front page',
    `<main><h1>${words(6)}</h1><div class="grid">${times(110, feature)}</div><div class="grid">${times(4, price)}</div><form action="/news"><label for="mail">${words(4)}</label><input id="mail" type="email"><button>Subscribe</button></form></main>`,
  );
}

/** A year of days with appointments. About 3,400 nodes. */
function calendar() {
  const { words, number, pick } = createWords(12);
  const event = () =>
    `<a class="event event--${pick(['work', 'home', 'sport'])}" href="/event/${number(1e6)}" style="top: ${number(400)}px; height: ${20 + number(80)}px"><time>${number(24)}:00</time> ${words(3)}</a>`;
  const day = (/** @type {number} */ index) =>
    `<td aria-selected="${index === 9}" data-day="${index}"><span class="number">${1 + (index % 7)}</span>${times(number(4), event)}</td>`;
  return page(
    'Calendar',
    `<main><table role="grid"><tbody>${times(52, () => `<tr>${times(7, day)}</tr>`)}</tbody></table></main>`,
  );
}

/** A library of inline SVG icons. About 5,500 nodes. */
function icons() {
  const { words, number, random } = createWords(13);
  const path = () =>
    `<path stroke-linecap="round" stroke-linejoin="round" d="M${times(12, () => `${(random() * 24).toFixed(2)} ${(random() * 24).toFixed(2)} `)}z"></path>`;
  const icon = (/** @type {number} */ index) =>
    `<button type="button" class="icon" title="${words(2)}"><svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor"><g>${times(1 + number(3), path)}</g></svg><code>icon-${index}</code></button>`;
  return page('Icons', `<main><div class="grid">${times(780, icon)}</div></main>`);
}

/** Answers to answers to answers. About 16,000 nodes. */
function comments() {
  const { words, sentences, number, hex } = createWords(14);
  /** @type {(depth: number) => string} */
  const comment = (depth) => {
    const answers = depth < 6 ? times(number(3), () => comment(depth + 1)) : '';
    return `<article class="comment" id="c-${hex()}"><header><a href="/u/${hex()}">${words(1)}</a> · <time>${number(24)} h</time></header><p>${sentences(1 + number(3))}</p><footer><button type="button">▲ ${number(900)}</button><button type="button">Answer</button></footer>${answers && `<div class="answers">${answers}</div>`}</article>`;
  };
  return page('Comments', `<main><h1>${words(8)}</h1>${times(140, () => comment(0))}</main>`);
}

/** Source text with every word coloured. About 31,000 nodes. */
function code() {
  const { words, number, pick } = createWords(15);
  const token = () =>
    `<span class="hljs-${pick(['keyword', 'title', 'string', 'number', 'comment'])}">${words(1)}</span>`;
  const line = (/** @type {number} */ index) =>
    `<div class="line" data-line="${index}">${' '.repeat(2 * number(5))}${times(2 + number(7), () => `${token()}${pick([' ', '.', ', ', ' = '])}`)}</div>`;
  return page('Source', `<main><pre><code>${times(1900, line)}</code></pre></main>`);
}

/** A log of one day, all of it on one page. About 88,000 nodes. */
function log() {
  const { words, number, pick, hex } = createWords(16);
  const entry = (/** @type {number} */ index) =>
    `<div class="entry entry--${pick(['info', 'warn', 'error'])}" data-n="${index}"><time>${number(24)}:${10 + number(49)}:${10 + number(49)}</time><b>${pick(['INFO', 'WARN', 'ERROR'])}</b><a href="/trace/${hex()}">${hex()}</a><span class="text">${words(7)}</span></div>`;
  return page('Log', `<main><h1>Log</h1><div role="log">${times(9_750, entry)}</div></main>`);
}

/** Rows of fields that nothing names but where they stand, as old order forms and sheets have them. About 15,000 nodes. */
function sheet() {
  const { words, number } = createWords(17);
  const cell = () => `<td><input value="${number(9999)}"></td>`;
  const row = (/** @type {number} */ index) => `<tr><td>${index + 1}. ${words(2)}</td>${times(9, cell)}</tr>`;
  const line = () => `<p>${words(2)}: <input value="${words(1)}"> <input></p>`;
  return page('Sheet', `<main><form><table><tbody>${times(620, row)}</tbody></table>${times(300, line)}</form></main>`);
}
