import { Chart, registerables } from 'chart.js';

Chart.register(...registerables);
Chart.defaults.animation = false;
const labels = ['January', 'February', 'March', 'April', 'May', 'June'];
const draw = (id, type, dataset) => new Chart(id, { type, data: { labels, datasets: [dataset] } });
const bars = draw('bars', 'bar', { label: 'Orders', data: [12, 19, 3, 5, 2, 9], backgroundColor: '#4472c4' });
draw('parts', 'doughnut', { data: [3, 5, 8, 2, 1, 4] });
draw('lines', 'line', { label: 'Returns', data: [1, 4, 2, 6, 3, 5], tension: 0.4, fill: true });
document.querySelector('#more').addEventListener('click', () => {
  bars.data.datasets[0].data = [20, 2, 15, 9, 11, 4];
  bars.update();
});
