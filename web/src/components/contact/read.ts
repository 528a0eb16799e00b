// Reads QR codes out of pictures, in the page itself: no browser is needed that can.
import decodeQR from 'qr/decode.js';

/** Pixels along the longer side that are looked at: enough for an invite's code, few enough for each frame. */
const SIDE_MAX = 1200;
/** A picture that the reader chose is worth a longer look than a camera's frame. */
const PICTURE_MS = 2_000;
const FRAME_MS = 80;

/** The words of the code in `source`; null when there is none that can be read. */
export function readCode(source: CanvasImageSource, width: number, height: number, timeLimit = FRAME_MS): string | null {
  const scale = Math.min(1, SIDE_MAX / Math.max(width, height, 1));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  // What is transparent in a picture is paper.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height), { timeLimit });
  } catch {
    // The decoder throws when it finds nothing.
    return null;
  }
}

/** The same for a picture's file. */
export async function readPicture(file: Blob): Promise<string | null> {
  try {
    const bitmap = await createImageBitmap(file);
    return readCode(bitmap, bitmap.width, bitmap.height, PICTURE_MS);
  } catch {
    return null;
  }
}
