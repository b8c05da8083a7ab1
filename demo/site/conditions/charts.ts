/** The charts on canvas: wind of one station over the day, rain of all of them now. */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import { keptReadings, latest, type Station } from './stations.ts';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

interface Charts {
  /** Draws the newest readings; the wind of `chosen`. */
  show(chosen: Station): void;
  /** Takes the colours again from the page's style, for instance after a change to dark. */
  recolour(): void;
}

/** Half-hours back from now, for the horizontal axis. */
const labels = Array.from({ length: keptReadings }, (_, index) => {
  const halfHours = keptReadings - 1 - index;
  return halfHours === 0 ? 'now' : `−${halfHours / 2} h`;
});

export function createCharts(
  windCanvas: HTMLCanvasElement,
  rainCanvas: HTMLCanvasElement,
  stations: Station[],
): Charts {
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  const animation = matchMedia('(prefers-reduced-motion: reduce)').matches ? (false as const) : { duration: 400 };

  const wind = new Chart(windCanvas, {
    type: 'line',
    data: {
      labels,
      datasets: [
        { label: 'Gusts', data: empty(), borderWidth: 1.5, borderDash: [4, 4], pointRadius: 0, tension: 0.35 },
        { label: 'Wind', data: empty(), borderWidth: 2.5, pointRadius: 0, tension: 0.35, fill: 'origin' },
      ],
    },
    options: {
      // A line that slides must not be animated point by point: it would ripple.
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: { grid: { display: false }, ticks: { maxTicksLimit: 8, maxRotation: 0 } },
        y: { beginAtZero: true, title: { display: true, text: 'km/h' } },
      },
      plugins: { legend: { align: 'end', labels: { boxWidth: 18, boxHeight: 2, padding: 14 } } },
    },
  });
  const rain = new Chart(rainCanvas, {
    type: 'bar',
    data: {
      labels: stations.map((station) => station.name),
      datasets: [{ label: 'Rain', data: empty(), borderRadius: 5 }],
    },
    options: {
      animation,
      indexAxis: 'y',
      maintainAspectRatio: false,
      scales: {
        x: { beginAtZero: true, suggestedMax: 5, title: { display: true, text: 'mm in the last hour' } },
        y: { grid: { display: false } },
      },
      plugins: { legend: { display: false } },
    },
  });

  const recolour = (): void => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    for (const chart of [wind, rain]) {
      chart.options.color = colour('--ink-soft');
      for (const scale of Object.values(chart.options.scales ?? {})) {
        if (!scale) continue;
        scale.ticks = { ...scale.ticks, color: colour('--ink-soft') };
        scale.grid = { ...scale.grid, color: colour('--line') };
        if ('title' in scale) scale.title = { ...scale.title, color: colour('--ink-soft') };
      }
    }
    const [gusts, mean] = wind.data.datasets;
    if (gusts) gusts.borderColor = colour('--gorse-deep');
    if (mean) {
      mean.borderColor = colour('--tarn');
      mean.backgroundColor = `color-mix(in srgb, ${colour('--tarn')} 14%, transparent)`;
    }
    for (const bars of rain.data.datasets) bars.backgroundColor = colour('--tarn');
    wind.update('none');
    rain.update('none');
  };

  const show = (chosen: Station): void => {
    const [gusts, mean] = wind.data.datasets;
    if (gusts) gusts.data = chosen.readings.map((reading) => reading.gust);
    if (mean) mean.data = chosen.readings.map((reading) => reading.wind);
    const [bars] = rain.data.datasets;
    if (bars) bars.data = stations.map((station) => latest(station).rain);
    wind.update();
    rain.update();
  };

  recolour();
  return { show, recolour };
}

/** Chart.js takes the kind of data from the first it sees. */
function empty(): number[] {
  return [];
}
