// What the demo's page and the people's pages inside it tell each other: how to look, and what was looked at.
import type { Settings } from '../api/generated';

type Look = Pick<Settings, 'language' | 'theme'>;
export type FrameWord = { simurgh: 'hello' } | { simurgh: 'seen'; transaction: string } | ({ simurgh: 'look' } & Look);

/** This page stands in the demo's frame. */
export const framed = window.top !== window;

function read(data: unknown): FrameWord | null {
  return typeof data === 'object' && data !== null && 'simurgh' in data ? (data as FrameWord) : null;
}

/** Inside a frame: asks the page around it how to look, and hears when that changes. */
export function followParent(take: (look: Look) => void): () => void {
  if (!framed) return () => {};
  const hear = (message: MessageEvent) => {
    const word = message.source === window.parent ? read(message.data) : null;
    if (word?.simurgh === 'look') take({ language: word.language, theme: word.theme });
  };
  addEventListener('message', hear);
  window.parent.postMessage({ simurgh: 'hello' } satisfies FrameWord, '*');
  return () => removeEventListener('message', hear);
}

export function tellParent(word: FrameWord): void {
  // Only pages on this machine may hold this one in a frame (CSP frame-ancestors), so '*' tells nobody else.
  if (framed) window.parent.postMessage(word, '*');
}

/** Around the frames: hears only those whose windows are given. */
export function hearFrames(frames: () => (Window | null)[], hear: (word: FrameWord, from: Window) => void): () => void {
  const listener = (message: MessageEvent) => {
    const from = frames().find((frame) => frame !== null && frame === message.source);
    const word = from ? read(message.data) : null;
    if (from && word) hear(word, from);
  };
  addEventListener('message', listener);
  return () => removeEventListener('message', listener);
}

/** A person's page with a place in it to open at, its token kept. */
export function pageAt(page: string, route: string): string {
  const url = new URL(page);
  const token = url.hash.replace(/^#/, '').split('&').find((part) => part.startsWith('token='));
  url.hash = token === undefined ? route : `${route}&${token}`;
  return url.href;
}
