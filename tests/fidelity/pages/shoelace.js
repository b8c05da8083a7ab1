import '@shoelace-style/shoelace/dist/themes/light.css';
import '@shoelace-style/shoelace';

document.querySelector('#delete').addEventListener('click', () => void document.querySelector('sl-dialog').show());
