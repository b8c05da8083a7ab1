import '@primer/css/dist/primer.css';
