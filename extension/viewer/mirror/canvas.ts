/** Only what recording makes of canvases. */
const PICTURE_TYPES = new Set(['image/png', 'image/webp']);

/** Puts a picture of the customer's canvas onto the mirror's. What is no canvas or no picture is left alone. */
export async function drawPicture(canvas: Node | undefined, mime: string, bytes: Uint8Array): Promise<void> {
  if (!(canvas instanceof HTMLCanvasElement) || !PICTURE_TYPES.has(mime)) return;
  try {
    const bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mime }));
    const context = canvas.getContext('2d');
    context?.clearRect(0, 0, canvas.width, canvas.height);
    context?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
  } catch {
    // Not a picture after all: the canvas keeps the one it has.
  }
}
