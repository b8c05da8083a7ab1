import '@angular/compiler';
import { Component, computed, enableProdMode, signal } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { firstState } from './state.ts';

enableProdMode();

/** Angular's decorators are functions: nothing has to be compiled before they can be used. */
const Form = Component({
  selector: 'lab-form',
  template: `<input id="name" [value]="state().name" (input)="set({ name: $event.target.value.toUpperCase() })" />
    <textarea id="notes" [value]="state().notes" (input)="set({ notes: $event.target.value })"></textarea>
    <input id="agreed" type="checkbox" [checked]="state().agreed" (change)="set({ agreed: $event.target.checked })" />
    <label id="label" for="agreed">Agreed</label>
    <input id="slow" type="radio" name="pace" [checked]="state().pace === 'slow'" (change)="set({ pace: 'slow' })" />
    <input id="fast" type="radio" name="pace" [checked]="state().pace === 'fast'" (change)="set({ pace: 'fast' })" />
    <select id="size" [value]="state().size" (change)="set({ size: $event.target.value })">
      <option value="s">small</option>
      <option value="l">large</option>
    </select>
    <input id="volume" type="range" min="0" max="10" [value]="state().volume" (input)="set({ volume: $event.target.value })" />
    <input id="count" type="number" [value]="state().count" (input)="set({ count: $event.target.value })" />
    <input id="day" type="date" [value]="state().day" (input)="set({ day: $event.target.value })" />
    <input id="hour" type="time" [value]="state().hour" (input)="set({ hour: $event.target.value })" />
    <input id="color" type="color" [value]="state().color" (input)="set({ color: $event.target.value })" />
    <button id="press" type="button" (click)="set({ pressed: state().pressed + 1 })">Press</button>
    <span id="twice" (dblclick)="set({ twice: state().twice + 1 })">Twice</span>
    <span id="menu" (contextmenu)="$event.preventDefault(); set({ menu: state().menu + 1 })">Menu</span>
    <a id="link" href="#there" (click)="$event.preventDefault(); set({ routed: state().routed + 1 })">Link</a>
    <div id="editor" contenteditable="true" (input)="set({ text: $event.target.innerText })">one</div>
    <details id="details" (toggle)="set({ open: $event.target.open })"><summary id="summary">More</summary>Text</details>
    <button id="ask" type="button" (click)="dialog.showModal()">Ask</button>
    <dialog #dialog id="dialog" (close)="set({ closed: state().closed + 1 })">
      <button id="inside" type="button">Inside</button>
    </dialog>
    <div id="over" (mouseenter)="set({ over: state().over + 1 })"><b id="inner">Over</b></div>
    <div id="map" (wheel)="set({ turned: state().turned + $event.deltaY })">Map</div>
    <div id="pad" tabindex="0" (keydown.control.k)="$event.preventDefault(); set({ shortcuts: state().shortcuts + 1 })">
      Pad
    </div>
    <div
      id="box"
      (pointerdown)="$event.target.setPointerCapture($event.pointerId)"
      (pointerup)="set({ dragged: state().dragged + 1 })"
    >
      Box
    </div>
    <div id="card" draggable="true" (dragstart)="$event.dataTransfer.setData('text/plain', 'card')">Card</div>
    <div
      id="target"
      (dragover)="$event.preventDefault()"
      (drop)="$event.preventDefault(); set({ dropped: $event.dataTransfer.getData('text/plain') })"
    >
      Target
    </div>
    <output id="state">{{ json() }}</output>`,
})(
  class {
    state = signal(firstState());
    json = computed(() => JSON.stringify(this.state()));
    set(change) {
      this.state.set({ ...this.state(), ...change });
    }
  },
);

const application = createApplication();
let shown = null;

export async function mountAngular(root) {
  shown?.destroy();
  shown = (await application).bootstrap(Form, root);
}
