import 'tabulator-tables/dist/css/tabulator.min.css';
import { TabulatorFull as Tabulator } from 'tabulator-tables';

const rows = Array.from({ length: 500 }, (_, index) => ({
  id: index,
  name: `Member ${index}`,
  progress: (index * 37) % 100,
  rating: index % 6,
  active: index % 3 === 0,
}));
const table = new Tabulator('#table', {
  data: rows,
  height: 420,
  layout: 'fitColumns',
  columns: [
    { title: 'Name', field: 'name', editor: 'input', headerFilter: 'input' },
    { title: 'Progress', field: 'progress', formatter: 'progress', sorter: 'number' },
    { title: 'Rating', field: 'rating', formatter: 'star', hozAlign: 'center' },
    { title: 'Active', field: 'active', formatter: 'tickCross', hozAlign: 'center' },
  ],
});
table.on('tableBuilt', () => table.setSort('name', 'asc'));
