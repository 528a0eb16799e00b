// A small test runner and what every browser test needs: Chromium, a page in a language and theme, axe.
import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { startMock } from '../../web/dev/mock.mjs';

const TEST_TIMEOUT_MS = 120_000;
const WAIT_MS = 15_000;
const tests = [];

/** Registers a test, named after the behaviour that it shows. */
export function test(name, run, timeout_ms = TEST_TIMEOUT_MS) {
  tests.push({ name, run, timeout_ms });
}

/** Chromium, with more words on its command line. */
export const launch = (...more) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', ...more],
  });

/** Runs everything once, in order: nothing is tried again. */
export async function runAll() {
  const browser = await launch();
  const failed = [];
  // While one test is written, ONLY=words runs those whose names have the words.
  const chosen = tests.filter(({ name }) => name.includes(process.env.ONLY ?? ''));
  for (const { name, run, timeout_ms } of chosen) {
    const began = Date.now();
    const took = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
    let timer;
    const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`not done within ${timeout_ms} ms`)), timeout_ms)));
    try {
      await Promise.race([run(browser), late]);
      console.log(`ok      ${name} (${took()})`);
    } catch (error) {
      failed.push(name);
      console.log(`FAILED  ${name} (${took()})\n        ${String(error?.stack ?? error).split('\n').slice(0, 12).join('\n        ')}`);
    } finally {
      clearTimeout(timer);
    }
  }
  await browser.close();
  for (const name of failed) console.log(`failed: ${name}`);
  console.log(`${chosen.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0;
}

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** A fresh tab; whatever the page complains about (CSP, errors) fails the test that asks `complaints`. */
export async function open(browser, url, { viewport = DESKTOP, settings, ...options } = {}) {
  const context = await browser.newContext({ viewport, ...options });
  context.setDefaultTimeout(WAIT_MS);
  if (settings) {
    await context.addInitScript((kept) => localStorage.setItem('simurgh.settings', kept), JSON.stringify(settings));
  }
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
  await page.goto(url);
  return { page, complaints, close: () => context.close() };
}

/** Nothing that axe knows is wrong. */
export async function accessible(page, where) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  const found = violations.map((one) => `${one.id}: ${one.help}\n${one.nodes.slice(0, 3).map((node) => `          ${node.target} ${node.failureSummary?.replaceAll('\n', ' ')}`).join('\n')}`);
  assert.equal(violations.length, 0, `axe in ${where}:\n${found.join('\n')}`);
}

export async function fitsWidth(page, where) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${where} is ${over} px wider than the screen`);
}

export const settingsOf = (language, theme) => ({ language, theme, digits: 'auto', calendar: 'auto' });

/** Alice's page, with its mock; closed when `use` is done. Lines that `expected` matches are no complaints. */
export async function withAlice(browser, use, { language = 'en', theme = 'light', mock: mockOptions, route = '', expected, ...options } = {}) {
  const mock = await startMock(mockOptions);
  const alice = mock.people[0];
  for (const { person } of mock.people) person.settings = settingsOf(language, theme);
  const tab = await open(browser, alice.page(route), { settings: settingsOf(language, theme), ...options });
  try {
    await use({ ...tab, mock, alice, world: mock.world });
    const complaints = tab.complaints.filter((line) => !expected?.test(line));
    assert.deepEqual(complaints, [], 'the browser complained');
  } finally {
    await tab.close();
    await mock.stop();
  }
}

export const goTo = (page, hash) => page.evaluate((to) => (location.hash = to), hash);
export const composer = (page) => page.locator('.compose textarea');

export async function openChat(page, name) {
  await goTo(page, `#/chats/${encodeURIComponent(name)}`);
  await page.waitForSelector('[data-message]');
}

/** The widest thing in every scrolling part and window that reaches beyond it, in pixels. */
export async function fitsInside(page, where) {
  const over = await page.evaluate(() =>
    [...document.querySelectorAll('.scroll, dialog')]
      .filter((box) => box.checkVisibility() && box.clientWidth > 0)
      .map((box) => ({ box: `${box.tagName.toLowerCase()}.${box.className}`, over: box.scrollWidth - box.clientWidth }))
      .filter(({ over }) => over > 0),
  );
  assert.deepEqual(over, [], `${where} is wider than its frame`);
}

export { assert };
