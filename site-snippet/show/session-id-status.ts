import { element } from './element.ts';

/** The status **Session ID**, which holds the digits and nothing else. */
export function sessionIdStatus(formatted: string): HTMLElement {
  return element('span', { class: 'digits', role: 'status', 'aria-label': 'Session ID', dir: 'ltr' }, formatted);
}
