// The demo's checklist in the real program: everything that a newcomer is asked to try, in both languages.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { assert, goTo, open, test } from './harness.mjs';
import { program, start, startDemo } from './program.mjs';

const SLOW_MS = 60_000;

const WORDS = {
  en: { locale: 'en-GB', hello: 'Hello Bob, can you read this?', again: 'Still here', five: '5', one: '1', pay: 'Pay', send: 'Send', message: 'Message', continue: 'Continue', final: 'Final', chain: 'See it on the chain', chats: 'Chats', done: 'That is all. Nobody can switch it off.', validator: 'Validator 4', relay: 'Relay 3', band: 'money without worth' },
  fa: { locale: 'fa-IR', hello: 'سلام باب، می‌خوانی؟', again: 'هنوز هستیم', five: '۵', one: '۱', pay: 'پرداخت', send: 'فرستادن', message: 'پیام', continue: 'ادامه', final: 'قطعی شد', chain: 'دیدن روی زنجیره', chats: 'گفتگوها', done: 'همین بود. هیچ‌کس نمی‌تواند خاموشش کند.', validator: 'اعتبارسنج ۴', relay: 'رلهٔ ۳', band: 'پول بی‌ارزش' },
};

const step = (page, name) => page.locator(`[data-step=${name}][data-done=true]`).waitFor({ timeout: SLOW_MS });

async function write(frame, words, text) {
  await frame.getByRole('textbox', { name: words.message, exact: true }).fill(text);
  await frame.getByRole('button', { name: words.send, exact: true }).click();
}

async function pay(frame, words, amount) {
  await frame.getByRole('button', { name: words.pay, exact: true }).click();
  const dialog = frame.getByRole('dialog');
  await dialog.locator('input[inputmode=decimal]').fill(amount);
  await dialog.getByRole('button', { name: words.continue, exact: true }).click();
  await dialog.locator('.choice .primary').click({ timeout: SLOW_MS });
  await dialog.waitFor({ state: 'detached', timeout: SLOW_MS });
}

const height = async (page) => (await page.locator('.height strong').textContent()) ?? '';

for (const [language, words] of Object.entries(WORDS)) {
  test(`the demo’s checklist is done in the real program (${language})`, async (browser) => {
    const demo = await startDemo();
    const tab = await open(browser, demo.said.page, { locale: words.locale, viewport: { width: 1440, height: 900 } });
    try {
      const { page } = tab;
      page.setDefaultTimeout(SLOW_MS);
      await page.waitForSelector('[data-step=write]');
      assert.equal(await page.getAttribute('html', 'lang'), language);
      assert.ok((await page.textContent('.devnet')).includes(words.band));
      const alice = page.frameLocator('iframe').nth(0);
      const bob = page.frameLocator('iframe').nth(1);

      await write(alice, words, words.hello);
      await bob.locator('.row:not(.mine)', { hasText: words.hello }).waitFor();
      await alice.locator('.row.mine', { hasText: words.hello }).locator('[data-state=read]').waitFor();
      await step(page, 'write');

      await pay(alice, words, words.five);
      const bubble = alice.locator('.row.mine [data-payment=final]').last();
      await bubble.waitFor();
      assert.ok((await bubble.textContent()).includes(words.final));
      await bob.locator('.row:not(.mine) [data-payment=final]').last().waitFor();
      await step(page, 'pay');

      await bubble.getByRole('link', { name: words.chain }).click();
      await alice.locator('.result').waitFor();
      await step(page, 'see');

      await page.getByRole('switch', { name: words.validator }).click();
      await page.locator('[data-part=validator-3][aria-checked=false]').waitFor();
      await page.getByRole('switch', { name: words.relay }).click();
      await page.locator('[data-part=relay-2][aria-checked=false]').waitFor();
      await step(page, 'stopValidator');
      await step(page, 'stopRelay');
      const before = await height(page);
      await page.waitForFunction((old) => document.querySelector('.height strong')?.textContent !== old, before);

      await alice.getByRole('link', { name: new RegExp(words.chats) }).click();
      await alice.locator('.pane li a').first().click();
      await write(alice, words, words.again);
      await bob.locator('.row:not(.mine)', { hasText: words.again }).waitFor();
      await pay(bob, words, words.one);
      await bob.locator('.row.mine [data-payment=final]').last().waitFor();
      await step(page, 'still');
      await page.getByText(words.done).waitFor();

      await page.locator('[data-part=validator-3]').click();
      await page.locator('[data-part=validator-3][aria-checked=true]').waitFor();
      await page.locator('[data-part=relay-2]').click();
      await page.locator('[data-part=relay-2][aria-checked=true]').waitFor();
      assert.deepEqual(tab.complaints, [], 'the browser complained');
    } catch (error) {
      error.stack += `\nthe program said last:\n${demo.log().slice(-1500)}`;
      throw error;
    } finally {
      await tab.close();
      assert.equal(await demo.end(), 0, 'the demo did not end well on Ctrl-C');
    }
  }, 300_000);
}

test('a bridge is set up beside the demo, added in the page, and ready', async (browser) => {
  const dir = await mkdtemp(join(tmpdir(), 'simurgh-bridge-'));
  const say = async (...words) => JSON.parse((await promisify(execFile)(program(), ['--json', ...words])).stdout);
  const folder = ['--dir', join(dir, 'relay')];
  await say('relay', 'init', ...folder, '--listen', '127.0.0.1:0');
  const relay = await start(['relay', 'run', ...folder, '--json']);
  const demo = await startDemo();
  const tab = await open(browser, demo.said.page, { locale: 'en-GB', viewport: { width: 1440, height: 900 } });
  try {
    const { page } = tab;
    page.setDefaultTimeout(SLOW_MS);
    const { link } = await say('relay', 'invite', ...folder, '--label', 'Alice');
    const frame = async (number) => (await page.locator('iframe').nth(number).elementHandle()).contentFrame();
    await page.waitForSelector('iframe >> nth=1');
    const people = await Promise.all([frame(0), frame(1)]);
    const bridge = (person) => person.locator('.bridges li');
    for (const person of people) {
      await person.waitForSelector('nav', { state: 'attached' });
      await goTo(person, '#/settings');
      await person.locator('[data-do=add-bridge]').click();
      await person.locator('dialog textarea').fill(link);
      await person.locator('dialog .panel .primary').click();
      // Whoever comes second is told why not, in words.
      await bridge(person).filter({ hasText: person === people[0] ? 'ready for when it is needed' : 'used by somebody else' }).waitFor();
    }
    await bridge(people[1]).getByRole('button').click();
    await people[1].locator('dialog .danger').click();
    await people[1].locator('section[aria-labelledby=relays] .none').waitFor();
    await people[1].locator('[data-do=add-bridge]').click();
    const ending = link.slice(-6) === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA';
    await people[1].locator('dialog textarea').fill(link.slice(0, -6) + ending);
    await people[1].locator('dialog .panel .primary').click();
    await people[1].locator('dialog .error-text', { hasText: 'changed on the way' }).waitFor();
    assert.deepEqual(tab.complaints, [], 'the browser complained');
  } catch (error) {
    error.stack += `\nthe program said last:\n${demo.log().slice(-1500)}`;
    throw error;
  } finally {
    await tab.close();
    await demo.end();
    await relay.end();
    await rm(dir, { recursive: true });
  }
}, 300_000);
