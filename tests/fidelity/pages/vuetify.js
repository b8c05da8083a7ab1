import 'vuetify/styles';
import { createApp, ref } from 'vue';
import { createVuetify } from 'vuetify';
import * as components from 'vuetify/components';
import * as directives from 'vuetify/directives';

const template = `
  <v-app>
    <v-app-bar title="Library" color="indigo"></v-app-bar>
    <v-main>
      <v-container>
        <v-tabs v-model="tab"><v-tab value="books">Books</v-tab><v-tab value="loans">Loans</v-tab></v-tabs>
        <v-alert type="warning" icon="" class="my-4">Two books are due.</v-alert>
        <v-row>
          <v-col cols="12" sm="6">
            <v-card title="Reader" subtitle="since 2019">
              <v-card-text>
                <v-text-field label="Name" id="name"></v-text-field>
                <v-select label="Branch" :items="['North', 'South', 'West']" model-value="North"></v-select>
                <v-combobox label="Subjects" multiple chips :items="['Maths', 'Poetry', 'Ships']" :model-value="['Ships']">
                </v-combobox>
                <v-switch label="Letters" :model-value="true" color="indigo"></v-switch>
                <v-slider :model-value="30"></v-slider>
              </v-card-text>
              <v-card-actions><v-btn variant="flat" color="indigo" @click="open = true">Renew</v-btn></v-card-actions>
            </v-card>
          </v-col>
          <v-col cols="12" sm="6">
            <v-data-table :headers="headers" :items="books" items-per-page="8"></v-data-table>
          </v-col>
        </v-row>
        <v-expansion-panels model-value="0">
          <v-expansion-panel title="Fees" text="Ten cents a day."></v-expansion-panel>
          <v-expansion-panel title="Hours" text="Ten to six."></v-expansion-panel>
        </v-expansion-panels>
        <v-progress-linear :model-value="40" class="my-4"></v-progress-linear>
        <v-dialog v-model="open" max-width="400">
          <v-card title="Renew all?"><v-card-actions><v-btn @click="open = false">Close</v-btn></v-card-actions></v-card>
        </v-dialog>
      </v-container>
    </v-main>
  </v-app>`;

createApp({
  template,
  setup: () => ({
    tab: ref('books'),
    open: ref(false),
    headers: [
      { title: 'Title', key: 'title' },
      { title: 'Pages', key: 'pages', align: 'end' },
    ],
    books: Array.from({ length: 40 }, (_, row) => ({ title: `Volume ${row}`, pages: (row * 53) % 400 })),
  }),
})
  .use(createVuetify({ components, directives }))
  .mount('#root');
