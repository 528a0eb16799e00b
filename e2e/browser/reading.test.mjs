// A conversation as it is read and written over days: where it opens, what is kept, what went wrong where.
import { accessible, assert, composer, fitsInside, goTo, openChat, PHONE, test, withAlice } from './harness.mjs';

const HIKERS = 'کوهنوردی جمعه‌ها';
const LONG = 'مریم رضایی';
const LEYLA = 'Leyla Nazari';

/** How far below the upper edge of the conversation something stands, in pixels. */
const under = (page, selector) =>
  page.evaluate((what) => document.querySelector(what).getBoundingClientRect().top - document.querySelector('.log').getBoundingClientRect().top, selector);

/** The first message that is seen, and how far down it stands. */
const place = (page) =>
  page.evaluate(() => {
    const { top } = document.querySelector('.log').getBoundingClientRect();
    const row = [...document.querySelectorAll('[data-message]')].find((one) => one.getBoundingClientRect().bottom > top);
    return { message: row.dataset.message, under: Math.round(row.getBoundingClientRect().top - top) };
  });

const toEnd = (page) => page.evaluate(() => (document.querySelector('.log').scrollTop = 1e9));
const asked = (world, method) => world.calls.filter((call) => call.method === method).map((call) => call.params);

/** What the page says of itself is waited for, as long as it takes. */
const settled = (page) => page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));

test('a conversation opens at what is unread, which is read as far as it was seen', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    const alice = world.people.get('alice');
    const hikers = world.find(alice, HIKERS);
    const unread = world.people.get('alice').messages.get(hikers.id).slice(-12);
    await openChat(page, HIKERS);
    await page.waitForSelector('.separator.unread');
    const top = await under(page, '.separator.unread');
    assert.ok(top >= 0 && top < 200, `what is unread begins ${top} px below the edge`);
    await page.locator('.newest .fresh').waitFor();
    const seen = asked(world, 'message.mark_read');
    assert.ok(seen.length > 0, 'nothing of what is seen was marked');
    assert.ok(unread.slice(0, -1).some((one) => one.id === seen.at(-1).up_to), 'what was not seen was marked');
    assert.ok(hikers.unread > 0 && hikers.unread < 12, `${hikers.unread} of 12 are unread`);
    await page.click('.newest');
    await page.locator('.newest').waitFor({ state: 'detached' });
    await page.locator('.list li', { hasText: HIKERS }).locator('.badge').waitFor({ state: 'detached' });
    assert.equal(hikers.unread, 0);
    // Whoever comes back finds no old mark, and the newest message.
    await goTo(page, '#/wallet');
    await openChat(page, HIKERS);
    await page.waitForSelector('.separator.unread', { state: 'detached' });
    await page.locator(`[data-message="${unread.at(-1).id}"]`).waitFor();
    assert.equal(await page.locator('.newest').count(), 0);
  }, { viewport: { width: PHONE.width, height: 560 } }));

test('more unread than one page is fetched, and begun at its first', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    const alice = world.people.get('alice');
    const long = world.find(alice, LONG);
    const incoming = alice.messages.get(long.id).filter((one) => !one.mine);
    long.unread = 180;
    // The address is good once: the session that it opened is kept before it is read again.
    await page.waitForSelector('nav');
    await page.reload();
    await openChat(page, LONG);
    await page.waitForSelector('.separator.unread');
    const first = await page.evaluate(() => document.querySelector('.separator.unread').nextElementSibling.dataset.message);
    assert.equal(first, incoming.at(-180).id);
    const top = await under(page, '.separator.unread');
    assert.ok(top >= 0 && top < 200, `what is unread begins ${top} px below the edge`);
  }));

test('a conversation that was left further up opens there again', (browser) =>
  withAlice(browser, async ({ page }) => {
    await openChat(page, LONG);
    await page.evaluate(() => (document.querySelector('.log').scrollTop -= 700));
    await page.locator('.newest').waitFor();
    await settled(page);
    const before = await place(page);
    await openChat(page, 'Bob');
    await page.locator('.thread header .name', { hasText: 'Bob' }).waitFor();
    await openChat(page, LONG);
    await page.locator(`[data-message="${before.message}"]`).waitFor();
    await page.locator('.newest').waitFor();
    await settled(page);
    assert.deepEqual(await place(page), before);
    await toEnd(page);
    await page.locator('.newest').waitFor({ state: 'detached' });
  }));

test('conversations that are left while they scroll break nothing', (browser) =>
  withAlice(browser, async ({ page }) => {
    await openChat(page, 'Bob');
    await page.evaluate(async () => {
      const frame = () => new Promise((next) => requestAnimationFrame(next));
      for (let i = 0; i < 12; i += 1) {
        for (const name of ['Bob', 'Leyla Nazari', 'Book club']) {
          location.hash = `#/chats/${encodeURIComponent(name)}`;
          await frame();
          document.querySelector('.log')?.scrollTo(0, 0);
          location.hash = '#/wallet';
          await frame();
        }
      }
    });
    await openChat(page, 'Bob');
  }));

test('what went wrong in one conversation is not said in another, and the answer it belonged to is kept', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    await openChat(page, 'Bob');
    await page.locator('[data-message]').last().focus();
    await page.keyboard.press('r');
    await page.waitForSelector('.compose .reply');
    world.failures.set('message.send', 'unreachable');
    await composer(page).fill('not gone');
    await composer(page).press('Enter');
    await page.locator('.compose .error-text').waitFor();
    assert.equal(await composer(page).inputValue(), 'not gone');
    await page.waitForSelector('.compose .reply');
    await openChat(page, LEYLA);
    await page.locator('.thread header .name', { hasText: LEYLA }).waitFor();
    assert.equal(await page.locator('.compose .error-text').count(), 0, 'the failure was said in another conversation');
    world.failures.clear();
    await openChat(page, 'Bob');
    await page.waitForFunction(() => document.querySelector('.compose textarea').value === 'not gone');
  }));

test('what is written quickly goes in its order, and nothing of it is lost when it fails', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    await openChat(page, 'Bob');
    const quickly = async (...words) => {
      for (const text of words) {
        await composer(page).fill(text);
        await composer(page).press('Enter');
      }
    };
    world.slow.set('message.send', [400, 200, 0]);
    await quickly('one', 'two', 'three');
    await page.locator('.row.mine', { hasText: 'three' }).waitFor();
    assert.deepEqual(asked(world, 'message.send').map((one) => one.text), ['one', 'two', 'three']);
    assert.deepEqual((await page.locator('.row.mine .words').allTextContents()).slice(-3).map((text) => text.match(/^[a-z]+/)[0]), ['one', 'two', 'three']);
    world.failures.set('message.send', 'unreachable');
    world.slow.set('message.send', [300, 300]);
    await quickly('four', 'five');
    await composer(page).fill('six');
    await page.waitForFunction(() => document.querySelector('.compose textarea').value === 'four\nfive\nsix');
  }));

test('a wrong amount is said once, where it stands, and has the focus', (browser) =>
  withAlice(browser, async ({ page }) => {
    await openChat(page, 'Bob');
    await page.click('.compose .pay');
    await page.fill('dialog input[inputmode=decimal]', 'ten');
    await page.locator('dialog input.field').last().focus();
    await page.click('dialog button[type=submit]');
    assert.equal(await page.locator('dialog .error-text').count(), 1);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('inputmode')), 'decimal');
    await page.fill('dialog input[inputmode=decimal]', '');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('dialog .error-text').count(), 1);
  }));

for (const language of ['en', 'fa']) {
  test(`a payment that failed says why in one piece, and is tried again as it was (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      const alice = world.people.get('alice');
      const leyla = world.find(alice, LEYLA);
      for (const mine of [true, false]) {
        const payment = { amount: '1234500000000', fee: '3100000', state: 'failed', transaction: null, comment: 'the rent', problem: 'not_in_time' };
        world.put(alice, leyla, { id: (mine ? 'a' : 'b').repeat(32), conversation: leyla.id, from: mine ? 'me' : LEYLA, mine, at_ms: Date.now(), state: mine ? 'failed' : 'received', kind: 'payment', text: 'the rent', payment });
      }
      await openChat(page, LEYLA);
      const bubble = page.locator('.row.mine [data-payment=failed]');
      const [icon, words] = await bubble.locator('.state').evaluate((state) => [...state.children].map((one) => one.getBoundingClientRect().top));
      assert.ok(Math.abs(icon - words) < 8, 'the sign stands above its words');
      // Nothing is on its way any more, on either side.
      for (const text of await page.locator('[data-payment=failed] .what').allTextContents()) {
        assert.equal(text, { en: 'Payment', fa: 'پرداخت' }[language]);
      }
      assert.equal(await page.locator('.row:not(.mine) [data-payment=failed] button').count(), 0);
      const label = await page.locator('.row.mine').last().getAttribute('aria-label');
      assert.ok(label.includes({ en: 'Not paid. 1,234.5 Gram', fa: 'پرداخت نشد. ۱٬۲۳۴٫۵ گرام' }[language]), label);
      await accessible(page, 'failed payments');
      await bubble.getByRole('button').click();
      const amount = await page.locator('dialog input[inputmode=decimal]').inputValue();
      assert.equal(amount, { en: '1234.5', fa: '۱۲۳۴٫۵' }[language]);
      assert.equal(await page.locator('dialog input.field').last().inputValue(), 'the rent');
      world.people.get('alice').balance = 5_000_000_000_000n;
      await page.click('dialog button[type=submit]');
      await page.locator('dialog .choice .primary').click();
      await page.locator('.row.mine [data-payment=final]').last().waitFor();
      assert.equal(asked(world, 'payment.send').at(-1).amount, '1234500000000');
    }, { language, viewport: PHONE }));
}

test('what was found stays while it is looked at, until it is cleared', (browser) =>
  withAlice(browser, async ({ page }) => {
    await page.fill('input[type=search]', 'book');
    const found = page.locator('.messages a');
    await found.first().click();
    await page.locator('[data-message].flash').waitFor();
    await found.nth(1).click();
    await page.locator('[data-message].flash').waitFor();
    await accessible(page, 'what was found');
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await page.locator('.messages').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('type')), 'search');
    assert.equal(await page.getByRole('button', { name: 'Clear the search' }).count(), 0);
  }));

test('an answer to oneself, a long name and a few emoji look like what they are', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    const alice = world.people.get('alice');
    const name = 'W'.repeat(64);
    world.acquaint(alice, name, ['first', 'second', 'third', 'fourth', 'fifth', '🎉🎉'], 6, 0);
    // The address is good once: the session that it opened is kept before it is read again.
    await page.waitForSelector('nav');
    await page.reload();
    await openChat(page, name);
    const quote = await page.locator('.row .quote').first().evaluate((one) => one.getBoundingClientRect().height);
    assert.ok(quote < 64, `the quote of a long name is ${quote} px high`);
    await fitsInside(page, 'a long name’s quote');
    const size = (text) => page.locator('.words', { hasText: text }).first().evaluate((one) => parseFloat(getComputedStyle(one).fontSize));
    assert.ok((await size('🎉🎉')) >= 2 * (await size('first')), 'emoji alone are no larger than words');
    const mine = page.locator('.row.mine').last();
    await mine.focus();
    await page.keyboard.press('r');
    assert.equal(await page.locator('.compose .reply .who').textContent(), 'Reply to yourself');
  }));

test('the window’s title says where one is, and a message’s time its day', (browser) =>
  withAlice(browser, async ({ page }) => {
    await goTo(page, '#/wallet');
    await page.waitForFunction(() => document.title.includes('Wallet · Simurgh'));
    await openChat(page, 'Bob');
    await page.waitForFunction(() => document.title.includes('Bob · Simurgh'));
    const { year } = { year: String(new Date().getFullYear()) };
    assert.ok((await page.locator('.row .at').last().getAttribute('title')).includes(year));
  }));

test('one step leads back from a payment on the chain, and another section keeps the conversation', (browser) =>
  withAlice(browser, async ({ page }) => {
    await openChat(page, 'Bob');
    await page.locator('[data-payment=final] a').last().click();
    await page.waitForSelector('.result');
    assert.ok((await page.textContent('.head .sum')).includes('−5'), 'the amount is not seen at once');
    await page.getByRole('link', { name: 'Back', exact: true }).click();
    await page.locator('.thread header .name', { hasText: 'Bob' }).waitFor();
    await page.locator('[data-payment=final] a').last().click();
    await page.waitForSelector('.result');
    await page.locator('dl a.mono').first().click();
    await page.waitForSelector('.proof');
    await page.getByRole('link', { name: 'All blocks' }).click();
    await page.waitForSelector('li .number');
    await page.getByRole('navigation').getByRole('link', { name: 'Chats' }).click();
    await page.locator('.thread header .name', { hasText: 'Bob' }).waitFor();
    // On a phone the section begins with its list.
    await goTo(page, '#/wallet');
    await page.setViewportSize(PHONE);
    await page.getByRole('navigation').getByRole('link', { name: 'Chats' }).click();
    await page.locator('.pane li a').first().waitFor();
  }));

test('the demo’s block does not look alive when too few validators run', (browser) =>
  withAlice(browser, async ({ page }) => {
    const live = () => page.locator('.live').evaluate((dot) => getComputedStyle(dot).animationName);
    await page.waitForSelector('[data-part=validator-0]');
    assert.notEqual(await live(), 'none');
    for (const index of [0, 1]) {
      await page.click(`[data-part=validator-${index}]`);
      await page.locator(`[data-part=validator-${index}][aria-checked=false]`).waitFor();
    }
    assert.equal(await live(), 'none');
  }, { route: 'demo' }));

test('what is written right after both were stopped counts, however late the news of it comes', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    await page.waitForSelector('[data-part=relay-0]');
    const frame = page.frameLocator('iframe').first();
    await composer(frame).waitFor();
    // The events about the network are lost; what the switches answer is not.
    const emit = world.emit.bind(world);
    world.emit = (person, event) => event.kind !== 'demo' && emit(person, event);
    for (const part of ['validator-0', 'relay-0']) {
      await page.click(`[data-part=${part}]`);
      await page.locator(`[data-part=${part}][aria-checked=false]`).waitFor();
    }
    await composer(frame).fill('still here');
    await frame.locator('.send').click();
    await page.locator('[data-step=still][data-done=true]').waitFor();
  }, { route: 'demo' }));

test('a hash is copied with one press', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    const hash = [...world.transactions.keys()][0];
    await goTo(page, `#/explorer/transaction/${hash}`);
    await page.waitForSelector('.result');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy: Hash' }).click();
    await page.locator('.toast', { hasText: 'Copied' }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), hash);
  }));

test('what is written before a conversation has been read is shown', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    const title = 'Newcomer';
    const alice = world.people.get('alice');
    world.acquaint(alice, title, [], 0, 0);
    world.emit(alice, { kind: 'contacts' });
    await page.locator('.pane li', { hasText: title }).waitFor();
    // Nothing gets through: the message's state does not change either, which would tell of it once more.
    for (const relay of world.relays) relay.running = false;
    world.late.set('message.list', [1000]);
    await goTo(page, `#/chats/${title}`);
    await composer(page).fill('at once');
    await composer(page).press('Enter');
    await page.waitForFunction(() => !document.querySelector('.wait'));
    await page.locator('.row.mine', { hasText: 'at once' }).waitFor();
    assert.equal(await page.locator('.row.mine', { hasText: 'at once' }).count(), 1);
  }));

test('what comes while a conversation is read again stays', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    await openChat(page, 'bob');
    const calls = () => world.calls.filter(({ method }) => method === 'message.list').length;
    const before = calls();
    for (const relay of world.relays) relay.running = false;
    world.late.set('message.list', [1000]);
    world.emit(world.people.get('alice'), { kind: 'contacts' });
    while (calls() === before) await page.waitForTimeout(20);
    await composer(page).fill('meanwhile');
    await composer(page).press('Enter');
    await page.locator('.row.mine', { hasText: 'meanwhile' }).waitFor();
    await page.waitForTimeout(1500);
    assert.equal(await page.locator('.row.mine', { hasText: 'meanwhile' }).count(), 1);
  }));
