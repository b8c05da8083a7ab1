import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** Controlled fields: React puts its own state back into any field whose change it did not notice. */
function Form() {
  const [name, setName] = useState('');
  const [notes, setNotes] = useState('');
  const [agreed, setAgreed] = useState(false);
  const [size, setSize] = useState('s');
  const [pressed, setPressed] = useState(0);
  return createElement(
    'div',
    null,
    createElement('input', { id: 'name', value: name, onChange: (event) => setName(valueIn(event).toUpperCase()) }),
    createElement('textarea', { id: 'notes', value: notes, onChange: (event) => setNotes(valueIn(event)) }),
    createElement('input', {
      id: 'agreed',
      type: 'checkbox',
      checked: agreed,
      onChange: (event) => setAgreed(event.target.checked),
    }),
    createElement(
      'select',
      { id: 'size', value: size, onChange: (event) => setSize(valueIn(event)) },
      createElement('option', { value: 's' }, 'small'),
      createElement('option', { value: 'l' }, 'large'),
    ),
    createElement('button', { id: 'press', type: 'button', onClick: () => setPressed(pressed + 1) }, 'Press'),
    createElement('output', { id: 'state' }, JSON.stringify({ name, notes, agreed, size, pressed })),
  );
}

function valueIn({ target }: { readonly target: EventTarget }): string {
  return (target as HTMLInputElement).value;
}

export function mountReact(root: HTMLElement): void {
  createRoot(root).render(createElement(Form));
}
