import { firstState } from './state.ts';

export function mountPlain(root: HTMLElement): void {
  const state = firstState();
  root.innerHTML = `<input id="name"><textarea id="notes"></textarea>
    <input id="agreed" type="checkbox"><label id="label" for="agreed">Agreed</label>
    <input id="slow" type="radio" name="pace" value="slow" checked><input id="fast" type="radio" name="pace" value="fast">
    <select id="size"><option value="s">small</option><option value="l">large</option></select>
    <input id="volume" type="range" min="0" max="10" value="5"><input id="count" type="number" value="1">
    <input id="day" type="date" value="2026-01-15"><input id="hour" type="time" value="10:30">
    <input id="color" type="color" value="#000000">
    <button id="press" type="button">Press</button><span id="twice">Twice</span><span id="menu">Menu</span>
    <a id="link" href="#there">Link</a><div id="editor" contenteditable="true">one</div>
    <details id="details"><summary id="summary">More</summary>Text</details>
    <button id="ask" type="button">Ask</button>
    <dialog id="dialog"><button id="inside" type="button">Inside</button></dialog>
    <div id="over"><b id="inner">Over</b></div><div id="map">Map</div><div id="pad" tabindex="0">Pad</div>
    <div id="box">Box</div><div id="card" draggable="true">Card</div><div id="target">Target</div>
    <output id="state"></output>`;
  const find = (id: string): HTMLElement => root.querySelector<HTMLElement>(`#${id}`)!;
  const field = (id: string): HTMLInputElement => find(id) as HTMLInputElement;
  const show = (): void => {
    find('state').textContent = JSON.stringify(state);
  };
  const set = (change: Partial<typeof state>): void => {
    Object.assign(state, change);
    show();
  };
  const on = <Type extends keyof HTMLElementEventMap>(
    id: string,
    type: Type,
    listener: (event: HTMLElementEventMap[Type]) => void,
  ): void => find(id).addEventListener(type, listener);

  on('name', 'input', () => {
    const name = field('name');
    set({ name: (name.value = name.value.toUpperCase()) });
  });
  for (const id of ['notes', 'size', 'volume', 'count', 'day', 'hour', 'color']) {
    on(id, 'input', () => set({ [id]: field(id).value }));
  }
  for (const id of ['slow', 'fast']) on(id, 'change', () => set({ pace: id }));
  on('agreed', 'change', () => set({ agreed: field('agreed').checked }));
  on('editor', 'input', () => set({ text: find('editor').innerText }));
  on('press', 'click', () => set({ pressed: state.pressed + 1 }));
  on('twice', 'dblclick', () => set({ twice: state.twice + 1 }));
  on('menu', 'contextmenu', (event) => {
    event.preventDefault();
    set({ menu: state.menu + 1 });
  });
  on('link', 'click', (event) => {
    event.preventDefault();
    set({ routed: state.routed + 1 });
  });
  on('details', 'toggle', () => set({ open: root.querySelector('details')!.open }));
  on('ask', 'click', () => root.querySelector('dialog')!.showModal());
  on('dialog', 'close', () => set({ closed: state.closed + 1 }));
  on('over', 'mouseenter', () => set({ over: state.over + 1 }));
  on('map', 'wheel', (event) => set({ turned: state.turned + event.deltaY }));
  on('pad', 'keydown', (event) => {
    if (event.key !== 'k' || !event.ctrlKey) return;
    event.preventDefault();
    set({ shortcuts: state.shortcuts + 1 });
  });
  on('box', 'pointerdown', (event) => find('box').setPointerCapture(event.pointerId));
  on('box', 'pointerup', () => set({ dragged: state.dragged + 1 }));
  on('card', 'dragstart', (event) => event.dataTransfer!.setData('text/plain', 'card'));
  on('target', 'dragover', (event) => event.preventDefault());
  on('target', 'drop', (event) => {
    event.preventDefault();
    set({ dropped: event.dataTransfer!.getData('text/plain') });
  });
  show();
}
