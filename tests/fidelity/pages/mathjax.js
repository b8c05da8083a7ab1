/** MathJax asks for its fonts by their names beside each other. */
const fonts = import.meta.glob('../../node_modules/mathjax/es5/output/chtml/fonts/woff-v2/*.woff', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
});
const [font] = Object.values(fonts);

self.MathJax = {
  tex: { inlineMath: [['\\(', '\\)']] },
  chtml: { fontURL: font.slice(0, font.lastIndexOf('/')) },
  options: { enableMenu: false },
};
await import('mathjax/es5/tex-chtml.js');

async function showAnother() {
  const more = document.querySelector('#more');
  more.textContent = '$$\\prod_{p} \\frac{1}{1-p^{-s}} = \\zeta(s)$$';
  await self.MathJax.typesetPromise([more]);
}
document.querySelector('#another').addEventListener('click', () => void showAnother());
