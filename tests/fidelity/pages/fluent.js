import { allComponents, provideFluentDesignSystem } from '@fluentui/web-components';

provideFluentDesignSystem().register(allComponents);
document.querySelector('#grid').rowsData = Array.from({ length: 12 }, (_, row) => ({
  from: ['Ada', 'Grace', 'Hedy'][row % 3],
  subject: `Letter ${row}`,
  size: `${row * 3 + 1} kB`,
}));
