import { createApp, h, reactive } from 'vue';

export function mountVue(root: HTMLElement): void {
  const state = reactive({ name: '', notes: '', agreed: false, size: 's', pressed: 0 });
  const valueIn = (event: Event): string => (event.target as HTMLInputElement).value;
  const render = () => [
    h('input', {
      id: 'name',
      value: state.name,
      onInput: (event: Event) => (state.name = valueIn(event).toUpperCase()),
    }),
    h('textarea', { id: 'notes', value: state.notes, onInput: (event: Event) => (state.notes = valueIn(event)) }),
    h('input', {
      id: 'agreed',
      type: 'checkbox',
      checked: state.agreed,
      onChange: (event: Event) => (state.agreed = (event.target as HTMLInputElement).checked),
    }),
    h('select', { id: 'size', value: state.size, onChange: (event: Event) => (state.size = valueIn(event)) }, [
      h('option', { value: 's' }, 'small'),
      h('option', { value: 'l' }, 'large'),
    ]),
    h('button', { id: 'press', type: 'button', onClick: () => (state.pressed += 1) }, 'Press'),
    h('output', { id: 'state' }, JSON.stringify(state)),
  ];
  createApp({ render }).mount(root);
}
