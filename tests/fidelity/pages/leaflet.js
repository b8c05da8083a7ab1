import 'leaflet/dist/leaflet.css';
import L from 'leaflet';
import icon from 'leaflet/dist/images/marker-icon.png';
import shadow from 'leaflet/dist/images/marker-shadow.png';

const map = L.map('map', { fadeAnimation: false, zoomAnimation: false }).setView([54.53, -3.02], 11);
L.tileLayer('/tile.svg', { attribution: 'Tiles from disk' }).addTo(map);
L.marker([54.53, -3.02], { icon: L.icon({ iconUrl: icon, shadowUrl: shadow, iconAnchor: [12, 41] }) })
  .addTo(map)
  .bindPopup('<b>Tarn &amp; Gorse</b><br />Open from 8 to 8');
L.circle([54.5, -3.1], { radius: 3000, color: 'crimson' }).addTo(map);
L.polygon([
  [54.56, -3.0],
  [54.58, -2.94],
  [54.53, -2.92],
]).addTo(map);
L.control.scale().addTo(map);
