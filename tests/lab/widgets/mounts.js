import { Autocomplete, MenuItem, Select, TextField } from '@mui/material';
import { DatePicker, LocalizationProvider } from '@mui/x-date-pickers';
import { AdapterDayjs } from '@mui/x-date-pickers/AdapterDayjs';
import dayjs from 'dayjs';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { createApp, h } from 'vue';
import { createVuetify } from 'vuetify';
import { VApp, VCombobox, VDatePicker, VSelect } from 'vuetify/components';
import 'vuetify/styles';
import '@ionic/core/css/ionic.bundle.css';
import '@shoelace-style/shoelace';
import { initialize } from '@ionic/core/components/index.js';
import { defineCustomElement as defineDatetime } from '@ionic/core/components/ion-datetime.js';
import { defineCustomElement as defineOption } from '@ionic/core/components/ion-select-option.js';
import { defineCustomElement as defineSelect } from '@ionic/core/components/ion-select.js';

initialize();
for (const define of [defineDatetime, defineOption, defineSelect]) define();

let value = '';
let leave = () => {};
const take = (chosen) => (value = String(chosen));

function mountReact(root, element) {
  const app = createRoot(root);
  app.render(element);
  leave = () => app.unmount();
}

function mountVue(root, component, props) {
  const field = () => h(component, { 'onUpdate:modelValue': take, ...props });
  const app = createApp({ render: () => h(VApp, null, field) }).use(createVuetify());
  app.mount(root);
  leave = () => app.unmount();
}

function mountElement(root, html, event) {
  root.innerHTML = html;
  root.firstElementChild.addEventListener(event, ({ target }) => take(target.value));
}

const MOUNTS = {
  'MUI combobox': (root) =>
    mountReact(
      root,
      createElement(Autocomplete, {
        options: ['Paris', 'Kyoto', 'Lima'],
        onChange: (_event, chosen) => take(chosen),
        renderInput: (props) => createElement(TextField, { ...props, label: 'City' }),
      }),
    ),
  'MUI select': (root) =>
    mountReact(
      root,
      createElement(
        Select,
        { defaultValue: 'one', onChange: ({ target }) => take(target.value) },
        createElement(MenuItem, { value: 'one' }, 'One way'),
        createElement(MenuItem, { value: 'two' }, 'Return'),
      ),
    ),
  'MUI date picker': (root) =>
    mountReact(
      root,
      createElement(
        LocalizationProvider,
        { dateAdapter: AdapterDayjs },
        createElement(DatePicker, {
          label: 'Date',
          defaultValue: dayjs('2026-04-15'),
          onChange: (day) => take(day.format('YYYY-MM-DD')),
        }),
      ),
    ),
  'Vuetify select': (root) => mountVue(root, VSelect, { label: 'Branch', items: ['North', 'South'] }),
  'Vuetify combobox': (root) => mountVue(root, VCombobox, { label: 'Subject', items: ['Maths', 'Poetry'] }),
  'Vuetify date picker': (root) =>
    mountVue(root, VDatePicker, {
      modelValue: new Date(2026, 3, 15),
      'onUpdate:modelValue': (day) => take(dayjs(day).format('YYYY-MM-DD')),
    }),
  'Ionic select': (root) =>
    mountElement(
      root,
      `<ion-select label="Size" interface="popover" value="s"><ion-select-option value="s">Small</ion-select-option>
        <ion-select-option value="l">Large</ion-select-option></ion-select>`,
      'ionChange',
    ),
  'Ionic date picker': (root) =>
    mountElement(root, '<ion-datetime presentation="date" value="2026-04-15"></ion-datetime>', 'ionChange'),
  'Shoelace select': (root) =>
    mountElement(
      root,
      `<sl-select label="Colour"><sl-option value="red">Red</sl-option><sl-option value="green">Green</sl-option></sl-select>`,
      'sl-change',
    ),
};

/** @param {() => HTMLElement} clear empties the page, and gives the element for the next one */
export function createWidgets(clear) {
  return {
    show(name) {
      leave();
      leave = () => {};
      value = '';
      MOUNTS[name](clear());
    },
    value: () => value,
  };
}
