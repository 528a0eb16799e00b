// A cut country, as the page tells of it, too few relays, none, and a daemon that is gone: the shield, messages that wait,
// payments that are promised; and the carrier that a person chooses.
import { accessible, assert, fitsInside, goTo, openChat, PHONE, test, withAlice } from './harness.mjs';

const WORDS = {
  en: {
    shield: 'Abroad is cut off; 3 messages wait', one: 'Abroad is cut off; 1 message waits', none: 'Abroad is cut off', held: 'Waits: abroad is cut off.',
    promised: 'Promised, not final', promisedIn: 'as far as is known here, nothing has been paid', final: 'Final', auto: 'Whichever works', pinned: 'Messages go the way that you chose',
    cut: 'Abroad is cut off: 2 of 5 answer',
    few: 'Too few relays answer; 3 messages wait here', fewHeld: 'Waits: too few relays answer.', badHeld: 'Waits: nothing gets through now.',
    away: 'Not known: Simurgh on this machine does not answer', notNow: 'not known now', asOf: 'as it was last known',
    lost: 'The chain can’t be reached now.', newest: 'Newest block:', promise: 'this is a promise: nothing is paid yet', promiseGo: /^Promise 5\.0031 Gram$/,
  },
  fa: {
    shield: 'راه خارج بسته است؛ ۳ پیام در انتظارند', one: 'راه خارج بسته است؛ ۱ پیام در انتظار است', none: 'راه خارج بسته است', held: 'در انتظار: راه خارج بسته است.',
    promised: 'وعده داده شد، هنوز قطعی نیست', promisedIn: 'تا آنجا که اینجا معلوم است، چیزی پرداخت نشده است', final: 'قطعی شد', auto: 'هر راهی که باز است', pinned: 'پیام‌ها از راهی می‌روند که',
    cut: 'راه خارج بسته است: ۲ رله از ۵ رله',
    few: 'رله‌هایی که پاسخ می‌دهند کم‌اند؛ ۳ پیام اینجا در انتظارند', fewHeld: 'در انتظار: رله‌هایی که پاسخ می‌دهند کم‌اند.', badHeld: 'در انتظار: اکنون هیچ راهی باز نیست.',
    away: 'دانسته نیست: سیمرغِ این دستگاه پاسخ نمی‌دهد', notNow: 'اکنون دانسته نیست', asOf: 'آخرین بار دانسته شد',
    lost: 'اکنون نمی‌توان به زنجیره رسید.', newest: 'تازه‌ترین بلوک:', promise: 'این یک وعده است: هنوز چیزی پرداخت نمی‌شود', promiseGo: /^وعدهٔ ۵٫۰۰۳۱ گرام$/,
  },
};

const shut = async (page) => {
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
};

/** A message to Bob that has waited for a while. */
function wait(world) {
  const alice = world.people.get('alice');
  const bob = world.find(alice, 'Bob');
  const id = 'd'.repeat(32);
  world.put(alice, bob, { id, conversation: bob.id, from: 'me', mine: true, at_ms: Date.now() - 60_000, state: 'pending', kind: 'text', text: 'does this go?' });
  return id;
}

/** The daemon has heard of it: a select shows at once what is chosen. */
async function heard(page, is) {
  while (!is()) await page.waitForTimeout(20);
}

/** A payment of each side that can't be made yet. */
function promise(world) {
  const alice = world.people.get('alice');
  const bob = world.find(alice, 'Bob');
  for (const mine of [true, false]) {
    world.put(alice, bob, {
      id: (mine ? 'a' : 'b').repeat(32), conversation: bob.id, from: mine ? 'me' : 'Bob', mine, at_ms: Date.now(), state: mine ? 'accepted' : 'received',
      kind: 'payment', text: '', payment: { amount: '123456789123456789', fee: '0', state: 'promised', transaction: null, comment: '' },
    });
  }
}

for (const [language, words] of Object.entries(WORDS)) {
  test(`in a cut the shield says so, and how many messages wait (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      await page.waitForSelector('nav');
      for (const [messages_waiting, text] of [[3, words.shield], [1, words.one], [0, words.none]]) {
        world.way = { reason: 'abroad_cut', messages_waiting };
        world.tellCarrier();
        await page.click('.pane header .icon-button.cut');
        await page.locator('dialog .state', { hasText: text }).waitFor();
        assert.equal(await page.locator('dialog .waiting').count(), 0, 'it is said once');
        await shut(page);
      }
    }, { language }));

  test(`a message that waits for the border says why (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      await openChat(page, 'bob');
      const id = wait(world);
      const row = page.locator(`[data-message="${id}"]`);
      await row.waitFor();
      assert.equal(await row.locator('.held').count(), 0, 'no cut is known of');
      world.way = { reason: 'abroad_cut', messages_waiting: 1 };
      world.tellCarrier();
      await row.locator('.held', { hasText: words.held }).waitFor();
      world.way = {};
      world.tellCarrier();
      await row.locator('.held').waitFor({ state: 'detached' });
    }, { language }));

  test(`with too few relays the shield and the thread say that messages wait (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      const id = wait(world);
      await openChat(page, 'bob');
      world.way = { messages_waiting: 3 };
      for (const relay of world.relays.slice(1)) relay.running = false;
      world.tellCarrier();
      await page.locator(`[data-message="${id}"] .held`, { hasText: words.fewHeld }).waitFor();
      await page.click('.pane header .icon-button.few');
      await page.locator('dialog .state', { hasText: words.few }).waitFor();
    }, { language }));

  test(`when nothing gets through the thread and the shield lead to what needs no network (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      const id = wait(world);
      await openChat(page, 'bob');
      world.way = { reason: 'down', messages_waiting: 1 };
      world.tellCarrier();
      const held = page.locator(`[data-message="${id}"] .held`, { hasText: words.badHeld });
      await held.waitFor();
      await accessible(page, 'a message that nothing gets through');
      await held.locator('a').click();
      await page.waitForFunction(() => document.activeElement?.id === 'offline');
      await goTo(page, '#/chats');
      await page.click('.pane header .icon-button.bad');
      await page.click('dialog .apart');
      await page.waitForFunction(() => document.activeElement?.id === 'offline');
      await page.locator('#offline').waitFor();
      assert.ok(await page.locator('#offline').evaluate((one) => one.getBoundingClientRect().top < innerHeight / 2), 'it stands before the eyes');
    }, { language, viewport: PHONE, reducedMotion: 'reduce' }));

  test(`while the daemon is gone nothing that was true before is shown as true (${language})`, (browser) =>
    withAlice(browser, async ({ page, mock }) => {
      await page.waitForSelector('nav');
      await page.locator('.pane header .icon-button.good').waitFor();
      await mock.stop();
      const shield = page.locator('.pane header .icon-button.away');
      await shield.waitFor();
      assert.ok((await shield.getAttribute('aria-label')).endsWith(words.away));
      await shield.click();
      await page.locator('dialog .state', { hasText: words.away }).waitFor();
      for (const how of await page.locator('dialog .how').allTextContents()) assert.equal(how, words.notNow);
      await accessible(page, 'the shield without a daemon');
      await shut(page);
      await goTo(page, '#/wallet');
      await page.locator('.proven', { hasText: words.asOf }).waitFor();
    }, { language, expected: /WebSocket|ERR_/ }));

  test(`money says of when it is, and what can’t be paid now is a promise (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      await goTo(page, '#/wallet');
      await page.locator('.proven[data-chain=fresh]', { hasText: words.newest }).waitFor();
      world.way = { reason: 'abroad_cut' };
      world.tellCarrier();
      await page.locator('.proven', { hasText: words.lost }).waitFor();
      await openChat(page, 'bob');
      await page.click('.compose .pay');
      await page.fill('dialog input[inputmode=decimal]', '5');
      await page.click('dialog button[type=submit]');
      await page.locator('dialog .promise', { hasText: words.promise }).waitFor();
      assert.match((await page.textContent('dialog .choice .primary')).trim(), words.promiseGo);
    }, { language }));

  test(`a promised payment is shown as promised, on both sides (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      await openChat(page, 'bob');
      promise(world);
      const promised = page.locator('[data-payment=promised]');
      await promised.filter({ hasText: words.promised }).first().waitFor();
      await promised.filter({ hasText: words.promisedIn }).waitFor();
      assert.equal(await promised.count(), 2);
    }, { language }));

  test(`a carrier is chosen in the settings and let go again (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      await goTo(page, '#/settings');
      const select = page.locator('#carrier');
      await select.locator('option').first().waitFor({ state: 'attached' });
      assert.equal((await select.locator('option').allTextContents())[0], words.auto);
      await select.selectOption('https-rotating');
      await heard(page, () => world.pinned === 'https-rotating');
      world.failures.set('carrier.use', 'internal');
      await select.selectOption('https');
      await page.locator('section[aria-labelledby=relays] .error-text').waitFor();
      assert.equal(await select.inputValue(), 'https-rotating', 'what was refused is not shown');
      world.failures.delete('carrier.use');
      await select.selectOption('auto');
      await heard(page, () => world.pinned === undefined);
      assert.equal(await select.inputValue(), 'auto');
    }, { language }));

  for (const theme of ['light', 'dark']) {
    test(`axe finds nothing in a cut (${language}, ${theme})`, (browser) =>
      withAlice(browser, async ({ page, world }) => {
        await page.waitForSelector('nav');
        world.way = { reason: 'abroad_cut', messages_waiting: 3 };
        world.findings = [{ code: 'relays_abroad_cut', answering: 2, all: 5, messages: 3 }];
        world.tellCarrier();
        await page.click('.pane header .icon-button.cut');
        await accessible(page, 'the shield in a cut');
        await fitsInside(page, 'the shield in a cut');
        await shut(page);
        await openChat(page, 'bob');
        promise(world);
        await page.locator('[data-payment=promised]').first().waitFor();
        await accessible(page, 'promised payments');
        await fitsInside(page, 'a large amount');
        assert.deepEqual(await page.locator('.bubble').evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)), []);
        await goTo(page, '#/settings');
        await page.click('[data-do=check]');
        await page.locator('section[aria-labelledby=relays] [role=status]', { hasText: words.cut }).waitFor();
        await accessible(page, 'the settings in a cut');
      }, { language, theme, viewport: PHONE, reducedMotion: 'reduce' }));
  }
}
