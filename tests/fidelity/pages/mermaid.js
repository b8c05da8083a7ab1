import mermaid from 'mermaid';

mermaid.initialize({ startOnLoad: true, theme: 'default' });
async function showAnother() {
  const { svg } = await mermaid.render('state', 'stateDiagram-v2\n  [*] --> idle\n  idle --> active\n  active --> [*]');
  document.querySelector('#more').innerHTML = svg;
  document.querySelector('h1').textContent = 'One more diagram';
}
document.querySelector('#another').addEventListener('click', () => void showAnother());
