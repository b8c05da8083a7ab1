import { isSelector } from '../check-rule.ts';

/** jQuery's own words for form controls, which CSS has others for. */
const CONTROLS: readonly (readonly [RegExp, string])[] = [
  [/:input\b/gu, ':is(input, textarea, select, button)'],
  [/:(text|password|checkbox|radio|submit|reset|image|file)\b(?!\()/gu, '[type="$1"]'],
  [/:button\b/gu, ':is(button, [type="button"])'],
  [/:header\b/gu, ':is(h1, h2, h3, h4, h5, h6)'],
];
/** What narrows a selection in jQuery and has no counterpart in CSS: without it more is found, never less. */
const NARROWING =
  /:(?:eq|gt|lt|nth|contains)\((?:[^()]|\([^()]*\))*\)|:(?:visible|hidden|first|last|even|odd|selected|parent|animated)\b(?!-)/gu;

/** @returns a CSS selector that finds at least as much, or `null` */
export function cssSelectorOf(written: string): string | null {
  const text = written.trim();
  if (text === '') return null;
  if (isSelector(text)) return text;
  const css = CONTROLS.reduce((selector, [pattern, replacement]) => selector.replace(pattern, replacement), text);
  const wider = css
    .replace(NARROWING, '')
    .replace(/(^|[\s>+~,])(?=[\s>+~,]|$)/gu, '$1')
    .trim();
  return isSelector(wider) ? wider : null;
}
