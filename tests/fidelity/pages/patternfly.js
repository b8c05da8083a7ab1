import '@patternfly/patternfly/patternfly.css';
import '@patternfly/patternfly/patternfly-addons.css';

const body = document.querySelector('tbody');
body.innerHTML = Array.from(
  { length: 30 },
  (_, row) => `<tr class="pf-v6-c-table__tr"><td class="pf-v6-c-table__td">node-${row}</td>
    <td class="pf-v6-c-table__td">${row % 7 === 3 ? 'Slow' : 'Ready'}</td></tr>`,
).join('');
