import { createApp, reactive } from 'vue/dist/vue.esm-bundler.js';
import { firstState } from './state.ts';

const template = `<input id="name" :value="state.name" @input="state.name = $event.target.value.toUpperCase()">
  <textarea id="notes" v-model="state.notes"></textarea>
  <input id="agreed" type="checkbox" v-model="state.agreed"><label id="label" for="agreed">Agreed</label>
  <input id="slow" type="radio" name="pace" value="slow" v-model="state.pace">
  <input id="fast" type="radio" name="pace" value="fast" v-model="state.pace">
  <select id="size" v-model="state.size"><option value="s">small</option><option value="l">large</option></select>
  <input id="volume" type="range" min="0" max="10" v-model="state.volume">
  <input id="count" type="number" :value="state.count" @input="state.count = $event.target.value">
  <input id="day" type="date" v-model="state.day"><input id="hour" type="time" v-model="state.hour">
  <input id="color" type="color" v-model="state.color">
  <button id="press" type="button" @click="state.pressed += 1">Press</button>
  <span id="twice" @dblclick="state.twice += 1">Twice</span>
  <span id="menu" @contextmenu.prevent="state.menu += 1">Menu</span>
  <a id="link" href="#there" @click.prevent="state.routed += 1">Link</a>
  <div id="editor" contenteditable="true" v-once @input="state.text = $event.target.innerText">one</div>
  <details id="details" @toggle="state.open = $event.target.open"><summary id="summary">More</summary>Text</details>
  <button id="ask" type="button" @click="$refs.dialog.showModal()">Ask</button>
  <dialog id="dialog" ref="dialog" @close="state.closed += 1"><button id="inside" type="button">Inside</button></dialog>
  <div id="over" @mouseenter="state.over += 1"><b id="inner">Over</b></div>
  <div id="map" @wheel="state.turned += $event.deltaY">Map</div>
  <div id="pad" tabindex="0" @keydown.ctrl.k.prevent="state.shortcuts += 1">Pad</div>
  <div id="box" @pointerdown="$event.target.setPointerCapture($event.pointerId)" @pointerup="state.dragged += 1">Box</div>
  <div id="card" draggable="true" @dragstart="$event.dataTransfer.setData('text/plain', 'card')">Card</div>
  <div id="target" @dragover.prevent @drop.prevent="state.dropped = $event.dataTransfer.getData('text/plain')">Target</div>
  <output id="state">{{ JSON.stringify(state) }}</output>`;

let shown = null;

/** @param {HTMLElement} root */
export function mountVue(root) {
  shown?.unmount();
  shown = createApp({ template, setup: () => ({ state: reactive(firstState()) }) });
  shown.mount(root);
}
