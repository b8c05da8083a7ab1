import { createElement as h, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { firstState, type FormState } from './state.ts';

/** Controlled fields: React puts its own state back into any field whose change it did not notice. */
function Form() {
  const [state, setState] = useState(firstState);
  const set = (change: (before: FormState) => Partial<FormState>): void =>
    setState((before) => ({ ...before, ...change(before) }));
  const field = (id: 'volume' | 'count' | 'day' | 'hour' | 'color', type: string, more: object = {}) =>
    h('input', { id, type, value: state[id], onChange: (event) => set(() => ({ [id]: valueIn(event) })), ...more });
  const pace = (id: string) =>
    h('input', {
      id,
      type: 'radio',
      name: 'pace',
      value: id,
      checked: state.pace === id,
      onChange: () => set(() => ({ pace: id })),
    });

  return h(
    'div',
    null,
    h('input', {
      id: 'name',
      value: state.name,
      onChange: (event) => set(() => ({ name: valueIn(event).toUpperCase() })),
    }),
    h('textarea', { id: 'notes', value: state.notes, onChange: (event) => set(() => ({ notes: valueIn(event) })) }),
    h('input', {
      id: 'agreed',
      type: 'checkbox',
      checked: state.agreed,
      onChange: (event) => set(() => ({ agreed: event.target.checked })),
    }),
    h('label', { id: 'label', htmlFor: 'agreed' }, 'Agreed'),
    pace('slow'),
    pace('fast'),
    h(
      'select',
      { id: 'size', value: state.size, onChange: (event) => set(() => ({ size: valueIn(event) })) },
      h('option', { value: 's' }, 'small'),
      h('option', { value: 'l' }, 'large'),
    ),
    field('volume', 'range', { min: 0, max: 10 }),
    field('count', 'number'),
    field('day', 'date'),
    field('hour', 'time'),
    field('color', 'color'),
    h(
      'button',
      { id: 'press', type: 'button', onClick: () => set(({ pressed }) => ({ pressed: pressed + 1 })) },
      'Press',
    ),
    h('span', { id: 'twice', onDoubleClick: () => set(({ twice }) => ({ twice: twice + 1 })) }, 'Twice'),
    h(
      'span',
      {
        id: 'menu',
        onContextMenu: (event) => {
          event.preventDefault();
          set(({ menu }) => ({ menu: menu + 1 }));
        },
      },
      'Menu',
    ),
    h(
      'a',
      {
        id: 'link',
        href: '#there',
        onClick: (event) => {
          event.preventDefault();
          set(({ routed }) => ({ routed: routed + 1 }));
        },
      },
      'Link',
    ),
    h('div', {
      id: 'editor',
      contentEditable: true,
      // React leaves alone what it was given as markup.
      dangerouslySetInnerHTML: ONE,
      onInput: ({ currentTarget: { innerText } }) => set(() => ({ text: innerText })),
    }),
    h(
      'details',
      { id: 'details', onToggle: ({ newState }) => set(() => ({ open: newState === 'open' })) },
      h('summary', { id: 'summary' }, 'More'),
      'Text',
    ),
    h('button', { id: 'ask', type: 'button', onClick: () => document.querySelector('dialog')!.showModal() }, 'Ask'),
    h(
      'dialog',
      { id: 'dialog', onClose: () => set(({ closed }) => ({ closed: closed + 1 })) },
      h('button', { id: 'inside', type: 'button' }, 'Inside'),
    ),
    h(
      'div',
      { id: 'over', onMouseEnter: () => set(({ over }) => ({ over: over + 1 })) },
      h('b', { id: 'inner' }, 'Over'),
    ),
    h('div', { id: 'map', onWheel: ({ deltaY }) => set(({ turned }) => ({ turned: turned + deltaY })) }, 'Map'),
    h(
      'div',
      {
        id: 'pad',
        tabIndex: 0,
        onKeyDown: (event) => {
          if (event.key !== 'k' || !event.ctrlKey) return;
          event.preventDefault();
          set(({ shortcuts }) => ({ shortcuts: shortcuts + 1 }));
        },
      },
      'Pad',
    ),
    h(
      'div',
      {
        id: 'box',
        onPointerDown: ({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId),
        onPointerUp: () => set(({ dragged }) => ({ dragged: dragged + 1 })),
      },
      'Box',
    ),
    h(
      'div',
      { id: 'card', draggable: true, onDragStart: ({ dataTransfer }) => dataTransfer.setData('text/plain', 'card') },
      'Card',
    ),
    h(
      'div',
      {
        id: 'target',
        onDragOver: (event) => event.preventDefault(),
        onDrop: (event) => {
          event.preventDefault();
          const dropped = event.dataTransfer.getData('text/plain');
          set(() => ({ dropped }));
        },
      },
      'Target',
    ),
    h('output', { id: 'state' }, JSON.stringify(state)),
  );
}

const ONE = { __html: 'one' };
let shown: Root | null = null;

function valueIn({ target }: { readonly target: EventTarget }): string {
  return (target as HTMLInputElement).value;
}

export function mountReact(root: HTMLElement): void {
  shown?.unmount();
  shown = createRoot(root);
  shown.render(h(Form));
}
