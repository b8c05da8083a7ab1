import { css, html, LitElement } from 'lit';

class ShopItem extends LitElement {
  static properties = { name: {}, taken: { type: Boolean, reflect: true } };
  static styles = css`
    :host {
      display: flex;
      gap: 12px;
      padding: 10px 14px;
      border: 1px solid #c9d2dc;
      border-radius: 10px;
    }
    :host([taken]) {
      background: #e8f6ec;
      text-decoration: line-through;
    }
    button:hover {
      background: gold;
    }
  `;

  render() {
    return html`<button @click=${() => (this.taken = !this.taken)}>${this.taken ? 'Put back' : 'Take'}</button>
      <span>${this.name}</span>`;
  }
}
customElements.define('shop-item', ShopItem);

class ShopList extends LitElement {
  static properties = { heading: {} };
  static styles = css`
    :host {
      display: block;
      margin: 24px auto;
      max-width: 620px;
      font:
        17px/1.5 system-ui,
        sans-serif;
    }
    h2 {
      color: #0f5163;
    }
    section {
      display: grid;
      gap: 8px;
    }
    ::slotted(em) {
      color: crimson;
    }
  `;

  render() {
    return html`<h2>${this.heading}</h2>
      <section>
        ${['Bread', 'Butter', 'Tea', 'Honey'].map((name) => html`<shop-item name=${name} ?taken=${name === 'Tea'}></shop-item>`)}
      </section>
      <p><slot name="note">Nothing to note</slot></p>`;
  }
}
customElements.define('shop-list', ShopList);
