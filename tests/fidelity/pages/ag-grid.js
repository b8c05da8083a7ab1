import { AllCommunityModule, createGrid, ModuleRegistry } from 'ag-grid-community';

ModuleRegistry.registerModules([AllCommunityModule]);
const people = ['Ada', 'Grace', 'Hedy', 'Katherine', 'Mary'];
createGrid(document.querySelector('#grid'), {
  columnDefs: [
    { field: 'order', checkboxSelection: true, pinned: 'left', width: 120 },
    { field: 'customer', filter: true, floatingFilter: true },
    { field: 'price', valueFormatter: ({ value }) => `${value.toFixed(2)} €`, type: 'rightAligned' },
    { field: 'paid', cellDataType: 'boolean' },
    { field: 'city', editable: true },
    { field: 'note', width: 320 },
  ],
  rowData: Array.from({ length: 500 }, (_, row) => ({
    order: 1000 + row,
    customer: people[row % people.length],
    price: (row * 37) % 400,
    paid: row % 3 === 0,
    city: ['Paris', 'Kyoto', 'Lima'][row % 3],
    note: `Leave it at door ${row}`,
  })),
  rowSelection: 'multiple',
  pagination: true,
});
