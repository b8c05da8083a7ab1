import '../frame/frame.ts';
import { createCharts } from '../conditions/charts.ts';
import { createSparkline, drawSparkline } from '../conditions/sparkline.ts';
import { addReading, advice, createStations, latest, type Reading, type Station } from '../conditions/stations.ts';
import { byId, make } from '../elements.ts';

/** Milliseconds between two readings. */
const interval = 2000;
const adviceWords = { good: 'Good', careful: 'Take care', stay: 'Stay down' } as const;

const stations = createStations(Math.random);
const choice = byId('station', HTMLSelectElement);
const pause = byId('pause', HTMLButtonElement);
const body = byId('stations', HTMLTableSectionElement);

choice.append(...stations.map((station) => make('option', { value: station.name }, station.name)));
const charts = createCharts(byId('wind-chart', HTMLCanvasElement), byId('rain-chart', HTMLCanvasElement), stations);
const rows = stations.map(stationRow);
show();

choice.addEventListener('change', show);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', charts.recolour);

let timer = setInterval(next, interval);
pause.addEventListener('click', () => {
  const isPaused = pause.getAttribute('aria-pressed') !== 'true';
  pause.setAttribute('aria-pressed', String(isPaused));
  pause.textContent = isPaused ? 'Go on' : 'Hold still';
  clearInterval(timer);
  if (!isPaused) timer = setInterval(next, interval);
});

function next(): void {
  for (const station of stations) addReading(station, Math.random);
  show();
}

function show(): void {
  const chosen = stations.find((station) => station.name === choice.value) ?? stations[0];
  if (!chosen) return;
  charts.show(chosen);
  for (const row of rows) row();
  showNow(stations.map(latest));
  byId('updated', HTMLTimeElement).textContent = new Date().toLocaleTimeString('en-GB');
}

function showNow(readings: Reading[]): void {
  const highest = (of: (reading: Reading) => number): number => Math.max(...readings.map(of));
  const lowest = (of: (reading: Reading) => number): number => Math.min(...readings.map(of));
  byId('now-gust', HTMLElement).textContent = highest((reading) => reading.gust).toFixed(0);
  byId('now-cold', HTMLElement).textContent = lowest((reading) => reading.temperature)
    .toFixed(1)
    .replace('-', '−');
  byId('now-rain', HTMLElement).textContent = highest((reading) => reading.rain).toFixed(1);
  byId('now-mist', HTMLElement).textContent = lowest((reading) => reading.visibility).toFixed(1);
}

/** Adds the station's row and answers with what brings it up to date. */
function stationRow(station: Station): () => void {
  const cells = Array.from({ length: 4 }, () => make('td', { class: 'number' }));
  const sparkline = createSparkline();
  const word = make('span', { class: 'advice' });
  body.append(
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, station.name, make('span', { class: 'hint' }, `${station.height} m`)),
      ...cells,
      make('td', {}, sparkline),
      make('td', {}, word),
    ),
  );
  return () => {
    const { temperature, wind, gust, rain, visibility } = latest(station);
    const texts = [
      `${temperature.toFixed(1)} °C`.replace('-', '−'),
      `${wind.toFixed(0)}, ${gust.toFixed(0)} km/h`,
      `${rain.toFixed(1)} mm`,
      `${visibility.toFixed(1)} km`,
    ];
    for (const [index, cell] of cells.entries()) cell.textContent = texts[index] ?? '';
    drawSparkline(
      sparkline,
      station.readings.map((reading) => reading.gust),
    );
    const words = advice(latest(station));
    word.textContent = adviceWords[words];
    word.dataset['advice'] = words;
  };
}
