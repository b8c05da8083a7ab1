import '@ionic/core/css/ionic.bundle.css';
import { defineCustomElements } from '@ionic/core/loader/index.js';

void defineCustomElements(window);
document.querySelector('ion-alert').buttons = ['No', 'Yes'];
