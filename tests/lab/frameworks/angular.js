import '@angular/compiler';
import { Component, computed, enableProdMode, signal } from '@angular/core';
import { createApplication } from '@angular/platform-browser';

enableProdMode();

/** Angular's decorators are functions: nothing has to be compiled before they can be used. */
const Form = Component({
  selector: 'lab-form',
  template: `<input id="name" [value]="name()" (input)="name.set($event.target.value.toUpperCase())" />
    <textarea id="notes" [value]="notes()" (input)="notes.set($event.target.value)"></textarea>
    <input id="agreed" type="checkbox" [checked]="agreed()" (change)="agreed.set($event.target.checked)" />
    <select id="size" [value]="size()" (change)="size.set($event.target.value)">
      <option value="s">small</option>
      <option value="l">large</option>
    </select>
    <button id="press" type="button" (click)="pressed.set(pressed() + 1)">Press</button>
    <output id="state">{{ state() }}</output>`,
})(
  class {
    name = signal('');
    notes = signal('');
    agreed = signal(false);
    size = signal('s');
    pressed = signal(0);
    state = computed(() => {
      const { name, notes, agreed, size, pressed } = this;
      return JSON.stringify({ name: name(), notes: notes(), agreed: agreed(), size: size(), pressed: pressed() });
    });
  },
);

const application = createApplication();

export async function mountAngular(root) {
  (await application).bootstrap(Form, root);
}
