import type { MaskedText } from '../../../protocol/masked-text.ts';
import type { LastLook } from '../last-look.ts';
import { clear } from '../masked-text.ts';
import { isOfGauge } from './gauge.ts';

/** Values of custom properties, quotes aside. */
const CUSTOM_PROPERTY = /--[\w-]+\s*:\s*["']?([^;"']+)/gu;
/** Words that CSS may not know. */
const MADE_UP = /[a-z_][\w-]{7,}/giu;
const DECLARATION = /^\s*([a-z][a-z-]*)\s*:([^:"'\\@[]*)$/iu;
/** Names that pages make up, counts, and what words may stand in. */
const TELLING_PROPERTY =
  /name|anchor|^(?:content|counter|container|grid|animation|transition|will-change|page$|quotes|list-style|view|scroll-timeline|timeline)/iu;
/** As far as lines of a grid and looks of a list are numbers and the standard's words. */
const PLAIN_VALUE = /^(?:[\d\s/.%-]|px|r?em|fr|auto|span|none|inside|outside|disc|circle|square|decimal)+$/iu;

/**
 * Layout and colours, without what can carry a text: custom properties, strings, names, comments, pictures. What is left
 * out is remembered.
 */
export function maskedStyle(raw: string, lastLook: Pick<LastLook, 'rememberText'>, element: Element): MaskedText {
  const layout = raw
    .replace(/\/\*[^]*?\*\//gu, '')
    .split(';')
    .filter(isLayout);
  const isPlaced = layout.some((declaration) => PLACE.test(declaration)) && isOfGauge(element);
  const kept = layout.filter((declaration) => !isPlaced || !PLACE.test(declaration)).join(';');
  for (const [, value = ''] of raw.matchAll(CUSTOM_PROPERTY)) if (!isLook(value.trim())) lastLook.rememberText(value);
  for (const [word] of raw.matchAll(MADE_UP)) if (!kept.includes(word)) lastLook.rememberText(word);
  return clear(kept);
}

/** A word of CSS, or with a unit, a function or a color's letter in it: a plain number may be anything. */
const LOOK = /^(?:none|auto|inherit|normal|transparent)$|\d(?:px|r?em|%|m?s)\b|\(|#\d*[a-f]/iu;
const TAKE_LOOKS = ['margin', 'letter-spacing', 'color', 'border', 'box-shadow', 'transition-timing-function'];

/** Every element of a component may have the same lengths and colors, and what is remembered is taken out everywhere. */
function isLook(value: string): boolean {
  return LOOK.test(value) && TAKE_LOOKS.some((property) => CSS.supports(property, value));
}

/** Where something is, or how much of it there is; the whole, the middle and nothing are mostly its layout. */
const PLACE =
  /^\s*(?:left|right|top|bottom|inset|width|height|margin|flex|transform|translate|rotate|scale|background|clip|mask)[\w-]*\s*:(?!(?:[^\d]|\b(?:0|50%|100%)(?![\w.%]))*$)/iu;

function isLayout(declaration: string): boolean {
  const [, property = '', value = ''] = DECLARATION.exec(declaration) ?? [];
  // A field so many letters wide has so many letters.
  if (property === '' || /url\(|\dch\b/iu.test(value)) return false;
  // A count says something even as a number.
  if (TELLING_PROPERTY.test(property)) return PLAIN_VALUE.test(value) && !/^co/iu.test(property);
  // A word that is none of the property's would be one of the page's.
  return CSS.supports(property, value.replace(/!\s*important\s*$/iu, ''));
}
