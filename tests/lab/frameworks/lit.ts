import { html, render } from 'lit';

export function mountLit(root: HTMLElement): void {
  const state = { name: '', notes: '', agreed: false, size: 's', pressed: 0 };
  const valueIn = (event: Event): string => (event.target as HTMLInputElement).value;
  const set = (change: Partial<typeof state>): void => {
    Object.assign(state, change);
    draw();
  };
  function draw(): void {
    render(
      html`<input
          id="name"
          .value=${state.name}
          @input=${(event: Event) => set({ name: valueIn(event).toUpperCase() })}
        />
        <textarea
          id="notes"
          .value=${state.notes}
          @input=${(event: Event) => set({ notes: valueIn(event) })}
        ></textarea>
        <input
          id="agreed"
          type="checkbox"
          .checked=${state.agreed}
          @change=${(event: Event) => set({ agreed: (event.target as HTMLInputElement).checked })}
        />
        <select id="size" @change=${(event: Event) => set({ size: valueIn(event) })}>
          <option value="s">small</option>
          <option value="l">large</option>
        </select>
        <button id="press" type="button" @click=${() => set({ pressed: state.pressed + 1 })}>Press</button>
        <output id="state">${JSON.stringify(state)}</output>`,
      root,
    );
  }
  draw();
}
