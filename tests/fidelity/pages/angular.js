import '@angular/compiler';
import { Component, enableProdMode, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { bootstrapApplication } from '@angular/platform-browser';

enableProdMode();

/** Angular's decorators are functions: a page needs no compiler of TypeScript to use them. */
const Basket = Component({
  selector: 'ng-basket',
  imports: [FormsModule],
  template: `
    <h1>Basket <small [class.many]="items().length > 4">{{ items().length }}</small></h1>
    <form (ngSubmit)="add()">
      <label>Add <input name="title" required [ngModel]="title()" (ngModelChange)="title.set($event)" /></label>
      <button type="submit" [disabled]="title() === ''">Add</button>
    </form>
    <ul>
      @for (item of items(); track item; let index = $index) {
        <li [style.background]="index % 2 ? '#eef3fa' : null">
          {{ item }} <button type="button" (click)="drop(item)">Drop</button>
        </li>
      } @empty {
        <li>Nothing yet</li>
      }
    </ul>
    @if (items().length > 4) {
      <p>That is a <strong>full</strong> basket.</p>
    }
  `,
  styles: `
    :host { display: block; max-width: 560px; margin: 32px auto; font: 16px/1.5 system-ui }
    .many { color: crimson }
    .ng-invalid { outline-color: orange }
    li { padding: 8px; border-bottom: 1px solid #ddd }
  `,
})(
  class {
    title = signal('');
    items = signal(['Bread', 'Butter', 'Honey', 'Tea']);

    add() {
      this.items.update((items) => [this.title(), ...items]);
      this.title.set('');
    }

    drop(item) {
      this.items.update((items) => items.filter((other) => other !== item));
    }
  },
);

await bootstrapApplication(Basket);
