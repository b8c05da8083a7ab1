import { test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';
import { seeds } from './support/seeds.ts';
import { expectSameAfterStorms } from './support/storms.ts';

declare const lab: Lab;

/** What markup does not show: fields, boxes that scroll, dialogs, focus, late shadow roots, while trees come and go. */
eachInLab();

test.for(seeds(4))('states change by chance (seed %i)', { timeout: 60_000 }, async (seed) => {
  await page.evaluate(async (first) => {
    const chance = lab.createChance(first);
    const { below, one } = chance;
    document.body.innerHTML =
      '<style>.box { height: 40px; overflow: auto } .tall { height: 400px }</style><div id=root></div>';
    const root = document.getElementById('root')!;
    const roots: ParentNode[] = [root];
    const gone: Element[] = [];
    let count = 0;
    const html = (): string => {
      count += 1;
      const group = below(3);
      return one([
        `<input value="v${count}">`,
        `<input value="v${count}">`,
        `<textarea>t${count}</textarea>`,
        `<input type=checkbox ${below(2) ? 'checked' : ''}>`,
        `<input type=radio name=g${group} ${below(2) ? 'checked' : ''}>`,
        `<input type=radio name=g${group}>`,
        `<select><option>a${count}<option ${below(2) ? 'selected' : ''}>b<option>c</select>`,
        `<select multiple><option>a<option selected>b${count}<option>c</select>`,
        '<div class=box><div class=tall>tall</div></div>',
        '<div class=box><div class=tall>tall</div></div>',
        `<details ${below(2) ? 'open' : ''}><summary>s</summary><input></details>`,
        '<dialog>d<input></dialog>',
        '<div popover=manual>p<button>b</button></div>',
        '<section><p>p</p></section>',
        '<section><form><input type=radio name=f><input type=radio name=f checked><input value=f></form></section>',
        `<form><input value=f><select><option>1<option selected>2</select></form>`,
      ]);
    };
    const all = (selector: string): Element[] => roots.flatMap((at) => [...at.querySelectorAll(selector)]);
    const some = (selector: string): HTMLElement | undefined => {
      const found = all(selector).filter((element) => element.isConnected);
      return found.length > 0 ? (one(found) as HTMLElement) : undefined;
    };
    const holds = (element: Element, place: Node): boolean => {
      for (let node: Node | null = place; node; node = node.parentNode ?? (node as ShadowRoot).host ?? null)
        if (node === element) return true;
      return false;
    };
    const put = (element: Element): void => {
      const places = [root, ...all('section, details, dialog, form, :host')].filter(
        (place) =>
          place.isConnected &&
          !holds(element, place) &&
          !((element.querySelector('form') ?? (element.localName === 'form' ? element : null))
            ? place.closest('form')
            : null),
      );
      const shadows = roots.slice(1).filter((at) => !holds(element, at as ShadowRoot));
      const place = one<ParentNode>([...places, ...shadows]);
      place.insertBefore(element, place.childNodes[below(place.childNodes.length + 1)] ?? null);
    };
    const make = (): Element => {
      const made = document.createElement('div');
      made.innerHTML = html();
      return made.firstElementChild!;
    };
    const change = (): void => {
      const kind = below(22);
      const element = some('*');
      if (kind === 0 || !element || all('*').length < 10) put(make());
      else if (kind === 1) {
        const field = some('input:not([type]), textarea') as HTMLInputElement | undefined;
        if (field) field.value = one(['', field.defaultValue, `w${count}`]);
      } else if (kind === 2) {
        const field = some('input:not([type])') as HTMLInputElement | undefined;
        field?.setAttribute('value', one(['', field.value, `x${count}`]));
      } else if (kind === 3) {
        const box = some('[type=radio], [type=checkbox]') as HTMLInputElement | undefined;
        if (box) box.checked = below(2) === 0;
        if (box?.type === 'checkbox' && below(4) === 0) box.indeterminate = below(2) === 0;
      } else if (kind === 4) some('[type=radio], [type=checkbox]')?.toggleAttribute('checked');
      else if (kind === 5) {
        const select = some('select') as HTMLSelectElement | undefined;
        if (select?.multiple && select.length > 0) one(select.options).selected = below(2) === 0;
        else if (select && !select.multiple) select.selectedIndex = below(select.length + 1) - 1;
      } else if (kind === 6) {
        const select = some('select') as HTMLSelectElement | undefined;
        const option = document.createElement('option');
        option.textContent = `o${count}`;
        option.toggleAttribute('selected', below(3) === 0);
        if (below(3) === 0) option.selected = below(2) === 0;
        if (select && below(2) === 0) select.insertBefore(option, select.options[below(select.length)] ?? null);
        else if (select && select.length > 1) one(select.options).remove();
      } else if (kind === 7) some('option')?.toggleAttribute('selected');
      else if (kind === 8) {
        const box = some('.box');
        if (box) box.scrollTop = below(300);
      } else if (kind === 9) some('details')?.toggleAttribute('open');
      else if (kind === 10) {
        const dialog = some('dialog') as HTMLDialogElement | undefined;
        if (dialog?.open) dialog.close();
        else if (dialog) dialog[below(2) === 0 ? 'show' : 'showModal']();
      } else if (kind === 11) some('[popover]')?.togglePopover();
      else if (kind === 12) some('input, button, select, textarea')?.focus({ preventScroll: true });
      else if (kind === 13) (document.activeElement as HTMLElement).blur();
      else if (kind === 14) put(element);
      else if (kind === 15) {
        element.remove();
        if (below(2) === 0) gone.push(element);
      } else if (kind === 16 && gone.length > 0) put(gone.splice(below(gone.length), 1)[0]!);
      else if (kind === 17 && element.parentElement) {
        element.parentElement.moveBefore(element, element.parentElement.firstChild);
      } else if (kind === 18 && roots.length < 5) {
        const host = some('section:not(:has(form)), div.box');
        if (host && !host.shadowRoot) {
          const shadow = host.attachShadow({ mode: 'open' });
          shadow.innerHTML = `<style>.box { height: 40px; overflow: auto } .tall { height: 400px }</style>${html()}<slot></slot>`;
          roots.push(shadow);
        }
      } else if (kind === 19) element.slot = one(['', 'one']);
      else if (kind === 20) (some('form') as HTMLFormElement | undefined)?.reset();
      else if (kind === 21) {
        const dialog = some('dialog:modal') as HTMLDialogElement | undefined;
        dialog?.close();
        if (dialog) put(dialog);
        if (dialog?.isConnected) dialog.showModal();
      }
    };
    Object.assign(window, { storm: () => lab.storm(chance, 14, change) });
    for (let step = 0; step < 20; step += 1) change();
    lab.hurryClock(chance);
    await lab.start();
  }, seed);
  await expectSameAfterStorms();
});
