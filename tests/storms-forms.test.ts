import { test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';
import { seeds } from './support/seeds.ts';
import { expectSameAfterStorms } from './support/storms.ts';

declare const lab: Lab;

/** Fields that change their kind, their group, their form and their choices while people's choices stand in them. */
eachInLab();

test.for(seeds(3))('forms change by chance (seed %i)', { timeout: 60_000 }, async (seed) => {
  await page.evaluate(async (first) => {
    const chance = lab.createChance(first);
    const { below, one } = chance;
    // Lists scroll to what is chosen, in each window by itself.
    const style = '<style>select { min-height: 400px }</style>';
    document.body.innerHTML = `${style}<div id=root><form id=fa></form><form id=fb></form><section></section></div>`;
    const root = document.getElementById('root')!;
    const gone: Element[] = [];
    let count = 0;
    const form = (): string => one(['', '', ' form=fa', ' form=fb', ' form=none']);
    const group = (): string => one(['a', 'b', 'c']);
    const options = (): string =>
      Array.from(
        { length: 1 + below(4) },
        () => `<option ${one(['', '', 'selected', 'disabled', 'hidden'])} value=${(count += 1)}>o${count}`,
      ).join('');
    const markup = (): string => {
      count += 1;
      return one([
        () => `<input${form()} value=v${count}>`,
        () => `<input type=radio name=${group()}${form()} ${one(['', 'checked'])}>`,
        () => `<input type=radio name=${group()}${form()} ${one(['', 'checked'])}>`,
        () => `<input type=checkbox${form()} ${one(['', 'checked'])}>`,
        () => `<input type=${one(['range', 'number', 'color', 'search', 'email'])}${form()} value=${below(99)}>`,
        () => `<textarea${form()}>t${count}</textarea>`,
        () => `<select${form()} ${one(['', 'multiple', 'size=3'])}>${options()}</select>`,
        () => `<select><optgroup label=g>${options()}</optgroup><hr>${options()}</select>`,
        () => `<fieldset ${one(['', 'disabled'])}><legend>l</legend><input type=radio name=${group()}></fieldset>`,
        () => `<section><input type=radio name=${group()}${form()}><input type=radio name=${group()}></section>`,
        () => `<input list=l${count}><datalist id=l${count}>${options()}</datalist>`,
        () =>
          `<progress max=9 value=${below(9)}></progress><meter value=0.${below(9)}></meter><output${form()}>o</output>`,
      ])();
    };
    const { roots, all, some } = lab.createGround(root, chance);
    const { holds } = lab;
    const hasForm = (node: Node): boolean =>
      node.nodeName === 'FORM' || ('querySelector' in node && (node as Element).querySelector('form') !== null);
    const put = (node: Node): void => {
      const into =
        node.nodeName === 'OPTION'
          ? 'select, optgroup, datalist'
          : node.nodeName === 'OPTGROUP'
            ? 'select'
            : 'form, section, fieldset';
      const tops = into.startsWith('select') ? [] : roots();
      const places = [...tops, ...all(into)].filter(
        (place) => !holds(node, place) && !(hasForm(node) && (place as Element).closest?.('form')),
      );
      if (places.length === 0) return;
      const place = one<Element | ShadowRoot>(places);
      place.insertBefore(node, place.childNodes[below(place.childNodes.length + 1)] ?? null);
    };
    const make = (): DocumentFragment => document.createRange().createContextualFragment(markup());
    const change = (): void => {
      const kind = below(30);
      const element = some('*');
      const select = some('select') as HTMLSelectElement | undefined;
      const radio = some('[type=radio]') as HTMLInputElement | undefined;
      const input = some('input') as HTMLInputElement | undefined;
      const option = some('option') as HTMLOptionElement | undefined;
      if (kind < 3 || !element || all().length < 20) put(make());
      else if (kind === 3 && select) {
        if (select.multiple && select.length > 0) one(select.options).selected = below(2) === 0;
        else select.selectedIndex = below(select.length + 1) - 1;
      } else if (kind === 4) select?.toggleAttribute('multiple');
      else if (kind === 5 && select) select.size = below(4);
      else if (kind === 6) option?.toggleAttribute('selected');
      else if (kind === 7 && option) option.selected = below(2) === 0;
      else if (kind === 8 && option) put(option);
      else if (kind === 9 && option) {
        const anew = new Option(`n${(count += 1)}`, `${count}`, below(3) === 0, below(2) === 0);
        if (below(2) === 0) option.replaceWith(anew);
        else put(anew);
      } else if (kind === 10) option?.remove();
      else if (kind === 11 && select) select.length = below(4);
      else if (kind === 12 && select) select.innerHTML = options();
      else if (kind === 13 && option) option.textContent = `x${(count += 1)}`;
      else if (kind === 14 && option) {
        const wrap = document.createElement('optgroup');
        if (option.parentElement?.localName !== 'select') return;
        option.replaceWith(wrap);
        wrap.append(option);
      } else if (kind === 15) radio?.setAttribute('name', group());
      else if (kind === 16 && radio) radio.checked = below(3) > 0;
      else if (kind === 17) radio?.toggleAttribute('checked');
      else if (kind === 18 && input) {
        if (below(2) === 0) input.setAttribute('form', one(['fa', 'fb', 'none', '']));
        else input.removeAttribute('form');
      } else if (kind === 19) {
        const form = some('form');
        if (form) form.id = one(['fa', 'fb', 'fc']);
      } else if (kind === 20 && input) {
        input.type = one(['text', 'radio', 'checkbox', 'range', 'number', 'search', 'button']);
      } else if (kind === 21 && input) {
        input.value = one(['', `${below(99)}`, `w${(count += 1)}`]);
      } else if (kind === 22) (some('form') as HTMLFormElement | undefined)?.reset();
      else if (kind === 23) {
        const area = some('textarea') as HTMLTextAreaElement | undefined;
        const how = below(3);
        if (area && how === 0) area.value = `a${(count += 1)}`;
        else if (area && how === 1) area.textContent = `b${(count += 1)}`;
        else area?.append(`c${(count += 1)}`);
      } else if (kind === 24 && !/^(?:legend|option|optgroup)$/u.test(element.localName)) put(element);
      else if (kind === 25 && element.parentElement) {
        element.parentElement.moveBefore(element, below(2) ? element.parentElement.firstChild : null);
      } else if (kind === 26) {
        element.remove();
        if (below(2) === 0) gone.push(element);
      } else if (kind === 27 && gone.length > 0) put(gone.splice(below(gone.length), 1)[0]!);
      else if (kind === 28) put(element.cloneNode(true));
      else if (kind === 29) {
        const host = some('section');
        if (host && !host.shadowRoot && roots().length < 4 && !host.querySelector('form'))
          host
            .attachShadow({ mode: 'open' })
            .append(document.createRange().createContextualFragment(style), make(), document.createElement('slot'));
        else if (input && below(2) === 0)
          input.setAttribute(one(['min', 'max', 'step', 'value', 'disabled', 'maxlength']), `${below(99)}`);
      }
      if (all().length > 110) root.querySelector(':scope > :not(form)')?.remove();
      if (all('form').length < 2) {
        const anew = document.createElement('form');
        anew.id = one(['fa', 'fb']);
        root.append(anew);
      }
    };
    Object.assign(window, { storm: () => lab.storm(chance, 16, change) });
    for (let step = 0; step < 24; step += 1) change();
    lab.hurryClock(chance);
    await lab.start();
  }, seed);
  await expectSameAfterStorms();
});
