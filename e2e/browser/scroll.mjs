// A measurement, not a test: scrolls up through a conversation of 10,000 messages for 600 frames and prints how long the
// frames took, and the page's first contentful paint. `node scroll.mjs` after `npm ci`, on a machine that does nothing else.
import { chromium } from 'playwright-core';
import { startMock } from '../../web/dev/mock.mjs';
import { open, openChat, settingsOf } from './harness.mjs';

const FRAMES = 600;
const PIXELS_A_FRAME = 40;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const mock = await startMock();
const { page, close } = await open(browser, mock.people[0].page(''), { settings: settingsOf('en', 'light') });
await openChat(page, 'مریم رضایی');
const measured = await page.evaluate(async ({ frames, pixels }) => {
  const list = document.querySelector('[role=log]');
  const frame = () => new Promise(requestAnimationFrame);
  const took = [];
  let last = await frame();
  for (let index = 0; index < frames; index += 1) {
    list.scrollTop -= pixels;
    const now = await frame();
    took.push(now - last);
    last = now;
  }
  const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  return { took, paint, rows: list.querySelectorAll('[data-message]').length };
}, { frames: FRAMES, pixels: PIXELS_A_FRAME });
const sorted = measured.took.toSorted((one, other) => one - other);
const at = (part) => Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1));
console.log(JSON.stringify({ bench: 'page/scroll', unit: 'ms a frame, 10,000 messages', p50_ms: at(0.5), p95_ms: at(0.95), p99_ms: at(0.99), frames: sorted.length, first_contentful_paint_ms: Math.round(measured.paint), rows: measured.rows }));
await close();
mock.close?.();
await browser.close();
process.exit(0);
