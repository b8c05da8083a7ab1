import 'bootstrap/dist/css/bootstrap.min.css';
import 'bootstrap';

const box = document.querySelector('#indeterminate');
if (box) box.indeterminate = true;
