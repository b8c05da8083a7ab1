export function mountPlain(root: HTMLElement): void {
  const state = { name: '', notes: '', agreed: false, size: 's', pressed: 0 };
  root.innerHTML = `<input id="name"><textarea id="notes"></textarea><input id="agreed" type="checkbox">
    <select id="size"><option value="s">small</option><option value="l">large</option></select>
    <button id="press" type="button">Press</button><output id="state"></output>`;
  const show = (): void => {
    root.querySelector('#state')!.textContent = JSON.stringify(state);
  };
  root.addEventListener('input', ({ target }) => {
    const { id, value, checked } = target as HTMLInputElement;
    if (id === 'name') state.name = (target as HTMLInputElement).value = value.toUpperCase();
    else if (id === 'agreed') state.agreed = checked;
    else Object.assign(state, { [id]: value });
    show();
  });
  root.querySelector('#press')!.addEventListener('click', () => {
    state.pressed += 1;
    show();
  });
  show();
}
