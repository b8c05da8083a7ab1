import { html, render } from 'lit';
import { firstState } from './state.ts';

export function mountLit(root: HTMLElement): void {
  const state = firstState();
  const valueIn = (event: Event): string => (event.target as HTMLInputElement).value;
  const set = (change: Partial<typeof state>): void => {
    Object.assign(state, change);
    draw();
  };
  const prevented = (event: Event, change: Partial<typeof state>): void => {
    event.preventDefault();
    set(change);
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
        <label id="label" for="agreed">Agreed</label>
        <input
          id="slow"
          type="radio"
          name="pace"
          .checked=${state.pace === 'slow'}
          @change=${() => set({ pace: 'slow' })}
        />
        <input
          id="fast"
          type="radio"
          name="pace"
          .checked=${state.pace === 'fast'}
          @change=${() => set({ pace: 'fast' })}
        />
        <select id="size" @change=${(event: Event) => set({ size: valueIn(event) })}>
          <option value="s">small</option>
          <option value="l">large</option>
        </select>
        <input
          id="volume"
          type="range"
          min="0"
          max="10"
          .value=${state.volume}
          @input=${(event: Event) => set({ volume: valueIn(event) })}
        />
        <input
          id="count"
          type="number"
          .value=${state.count}
          @input=${(event: Event) => set({ count: valueIn(event) })}
        />
        <input id="day" type="date" .value=${state.day} @input=${(event: Event) => set({ day: valueIn(event) })} />
        <input id="hour" type="time" .value=${state.hour} @input=${(event: Event) => set({ hour: valueIn(event) })} />
        <input
          id="color"
          type="color"
          .value=${state.color}
          @input=${(event: Event) => set({ color: valueIn(event) })}
        />
        <button id="press" type="button" @click=${() => set({ pressed: state.pressed + 1 })}>Press</button>
        <span id="twice" @dblclick=${() => set({ twice: state.twice + 1 })}>Twice</span>
        <span id="menu" @contextmenu=${(event: Event) => prevented(event, { menu: state.menu + 1 })}>Menu</span>
        <a id="link" href="#there" @click=${(event: Event) => prevented(event, { routed: state.routed + 1 })}>Link</a>
        <div
          id="editor"
          contenteditable="true"
          @input=${(event: Event) => set({ text: (event.target as HTMLElement).innerText })}
        >
          one
        </div>
        <details id="details" @toggle=${(event: Event) => set({ open: (event.target as HTMLDetailsElement).open })}>
          <summary id="summary">More</summary>
          Text
        </details>
        <button id="ask" type="button" @click=${() => root.querySelector('dialog')!.showModal()}>Ask</button>
        <dialog id="dialog" @close=${() => set({ closed: state.closed + 1 })}>
          <button id="inside" type="button">Inside</button>
        </dialog>
        <div id="over" @mouseenter=${() => set({ over: state.over + 1 })}><b id="inner">Over</b></div>
        <div id="map" @wheel=${({ deltaY }: WheelEvent) => set({ turned: state.turned + deltaY })}>Map</div>
        <div
          id="pad"
          tabindex="0"
          @keydown=${(event: KeyboardEvent) => {
            if (event.key === 'k' && event.ctrlKey) prevented(event, { shortcuts: state.shortcuts + 1 });
          }}
        >
          Pad
        </div>
        <div
          id="box"
          @pointerdown=${({ target, pointerId }: PointerEvent) => (target as Element).setPointerCapture(pointerId)}
          @pointerup=${() => set({ dragged: state.dragged + 1 })}
        >
          Box
        </div>
        <div
          id="card"
          draggable="true"
          @dragstart=${({ dataTransfer }: DragEvent) => dataTransfer!.setData('text/plain', 'card')}
        >
          Card
        </div>
        <div
          id="target"
          @dragover=${(event: Event) => event.preventDefault()}
          @drop=${(event: DragEvent) => prevented(event, { dropped: event.dataTransfer!.getData('text/plain') })}
        >
          Target
        </div>
        <output id="state">${JSON.stringify(state)}</output>`,
      root,
    );
  }
  draw();
}
