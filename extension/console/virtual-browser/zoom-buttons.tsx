import type { VNode } from 'preact';
import type { Zoom } from '../../browser-storage.ts';

interface ZoomButtonsProps {
  readonly zoom: Zoom;
  onChoose(zoom: Zoom): void;
}

export function ZoomButtons({ zoom, onChoose }: ZoomButtonsProps): VNode {
  return (
    <div class="segments" role="group" aria-label="Zoom">
      <button type="button" aria-pressed={zoom === 'fit'} onClick={() => onChoose('fit')}>
        Zoom to fit
      </button>
      <button type="button" aria-pressed={zoom === 'actual'} onClick={() => onChoose('actual')}>
        1:1
      </button>
    </div>
  );
}
