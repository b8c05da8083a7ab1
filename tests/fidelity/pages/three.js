import * as THREE from 'three';

const renderer = new THREE.WebGLRenderer({ antialias: true });
renderer.setSize(360, 360);
document.querySelector('#scene').append(renderer.domElement);
const scene = new THREE.Scene();
scene.background = new THREE.Color('#20304a');
const cube = new THREE.Mesh(new THREE.BoxGeometry(), new THREE.MeshStandardMaterial({ color: '#e0a030' }));
const light = new THREE.DirectionalLight('#ffffff', 3);
light.position.set(2, 3, 4);
scene.add(cube, light, new THREE.AmbientLight('#ffffff', 0.4), new THREE.GridHelper(6, 12));
const camera = new THREE.PerspectiveCamera(50, 1, 0.1, 100);
camera.position.set(1.6, 1.4, 2.4);
camera.lookAt(cube.position);
renderer.setAnimationLoop(() => renderer.render(scene, camera));
document.querySelector('#turn').addEventListener('click', () => {
  cube.rotation.y += 0.7;
});
