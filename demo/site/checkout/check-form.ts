/** Says under each field what is wrong with it, in words, and at the top how many there are. */
import { make } from '../elements.ts';

/** A sentence about what is wrong with the value, or the empty string. */
export type Check = (value: string) => string;

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/**
 * Shows the errors of all fields named in `checks` and answers whether there are none. Disabled fields, and those in a
 * disabled fieldset, are not asked. The summary gets the focus when something is wrong, so that it is read out.
 */
export function checkForm(form: HTMLFormElement, checks: Record<string, Check>, summary: HTMLElement): boolean {
  const wrong = Object.entries(checks).flatMap(([name, check]) => {
    const field = fieldNamed(form, name);
    const message = field && !field.matches(':disabled') ? check(field.value.trim()) : '';
    if (field) showError(field, message);
    return field && message !== '' ? [{ field, message }] : [];
  });
  summary.hidden = wrong.length === 0;
  summary.replaceChildren(
    make('b', {}, wrong.length === 1 ? 'One thing to put right' : `${wrong.length} things to put right`),
    make('ul', {}, ...wrong.map(({ field, message }) => make('li', {}, make('a', { href: `#${field.id}` }, message)))),
  );
  if (wrong.length > 0) summary.focus();
  return wrong.length === 0;
}

/**
 * Checks a field again at each key, once it has been found wrong. Not when it is left: the error's line would vanish under
 * the button that is being pressed, and the click with it.
 */
export function recheckOnInput(form: HTMLFormElement, checks: Record<string, Check>): void {
  form.addEventListener('input', (event) => {
    const name = event.target instanceof Element ? (event.target.getAttribute('name') ?? '') : '';
    const field = fieldNamed(form, name);
    const check = checks[name];
    if (field && check && field.getAttribute('aria-invalid') === 'true') showError(field, check(field.value.trim()));
  });
}

/** A check for a field that must not be empty. */
export function required(message: string): Check {
  return (value) => (value === '' ? message : '');
}

function showError(field: Field, message: string): void {
  field.setAttribute('aria-invalid', String(message !== ''));
  const place = document.getElementById(`${field.id}-error`);
  if (!place) return;
  place.textContent = message;
  field.setAttribute('aria-describedby', place.id);
}

function fieldNamed(form: HTMLFormElement, name: string): Field | null {
  return form.querySelector<Field>(`[name="${CSS.escape(name)}"]:not([type="radio"], [type="checkbox"])`);
}
