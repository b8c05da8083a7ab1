/** @jsxImportSource react */
import '../frame/frame.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { byId } from '../elements.ts';
import { KitBuilder } from '../kit/KitBuilder.tsx';

createRoot(byId('kit-builder', HTMLDivElement)).render(
  <StrictMode>
    <KitBuilder />
  </StrictMode>,
);
