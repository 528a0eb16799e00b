// What goes wrong is told as what it is: failures, unknown outcomes, used addresses, and words in the reader's language.
import { accessible, assert, composer, fitsInside, goTo, open, openChat, test, withAlice } from './harness.mjs';

const LANGUAGES = ['en', 'fa'];
const GRAM = 1_000_000_000n;

/** Waits until `read` in the page is true. */
const until = (page, read, ...args) => page.waitForFunction(read, ...args);
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? '');

/** A conversation whose acquaintance failed, or waits with a problem. */
function troubled(world, name, state, problem_code) {
  const alice = world.people.get('alice');
  const conversation = world.contact(alice, name, null, state);
  alice.contacts.at(-1).problem = 'English words.';
  alice.contacts.at(-1).problem_code = problem_code;
  return conversation;
}

async function payInChat(page, amount) {
  await page.click('.compose .pay');
  await page.fill('dialog input[inputmode=decimal]', amount);
  await page.click('dialog button[type=submit]');
  await page.waitForSelector('dialog dl');
}

test('a fresh address pasted into a tab whose key was used opens it', (browser) =>
  withAlice(browser, async ({ page, alice }) => {
    await page.waitForSelector('nav');
    const tab = await open(browser, `${alice.origin}/#token=used`);
    await tab.page.waitForSelector('[role=alert]');
    assert.ok((await tab.page.textContent('.command')).includes('simurgh up'));
    const fresh = new URL(alice.page('/wallet')).hash;
    await tab.page.evaluate((hash) => (location.hash = hash), fresh);
    await tab.page.waitForSelector('.balance');
    assert.ok(!tab.page.url().includes('token'), 'the token stayed in the address');
    await tab.close();
  }));

for (const language of LANGUAGES) {
  test(`a failed contact can’t be written to or paid, and says why (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      troubled(world, 'Eve', 'failed', 'impostor');
      troubled(world, 'Late', 'invited', 'not_there');
      // The address is good once: the session that it opened is kept before it is read again.
      await page.waitForSelector('nav');
      await page.reload();
      await goTo(page, '#/chats/Eve');
      const banner = page.locator('.invited.failed');
      await banner.waitFor();
      assert.match(await banner.textContent(), language === 'en' ? /not who made the link/ : /سازندهٔ پیوند نیست/);
      assert.ok(await composer(page).isDisabled());
      assert.ok(await page.locator('.compose .pay').isDisabled());
      assert.equal(await page.locator('.thread .under').getByText(language === 'en' ? 'End-to-end' : 'سرتاسری').count(), 0);
      await accessible(page, 'a failed contact');
      await banner.locator('button').click();
      await page.locator('dialog .danger').click();
      await until(page, () => !location.hash.includes('Eve') && document.querySelector('dialog') === null);
      await goTo(page, '#/chats/Late');
      await page.locator('.invited', { hasText: language === 'en' ? 'has not answered yet' : 'هنوز پاسخ نداده' }).waitFor();
    }, { language, reducedMotion: 'reduce' }));

  test(`an answer that is lost is told as unknown, and the second try pays once (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      await openChat(page, 'bob');
      const before = world.people.get('alice').messages.get(world.find(world.people.get('alice'), 'Bob').id).length;
      await payInChat(page, '3');
      world.lost.add('payment.send');
      await page.click('dialog .choice .primary');
      const error = page.locator('dialog .error-text');
      await error.waitFor();
      assert.match(await error.textContent(), language === 'en' ? /not known whether it was sent/ : /دانسته نیست که فرستاده شد/);
      world.lost.clear();
      await page.waitForSelector('.offline', { state: 'detached' });
      await page.click('dialog .choice .primary');
      await page.waitForSelector('dialog', { state: 'detached' });
      world.lost.add('message.send');
      await composer(page).fill('only once');
      await page.keyboard.press('Enter');
      await page.locator('.compose .error-text').waitFor();
      assert.equal(await composer(page).inputValue(), 'only once');
      world.lost.clear();
      await page.waitForSelector('.offline', { state: 'detached' });
      await composer(page).press('Enter');
      await until(page, () => document.querySelector('.compose textarea').value === '');
      const after = world.people.get('alice').messages.get(world.find(world.people.get('alice'), 'Bob').id);
      assert.equal(after.length, before + 2, 'something was sent twice');
    }, { language }));

  test(`each reason has a sentence of its own (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      await page.waitForSelector('nav');
      await page.click('button.add');
      await page.getByRole('tab').nth(1).click();
      await page.fill('dialog textarea', 'simurgh:invite#x');
      const sentences = new Set();
      const reasons = ['bad_link', 'link_changed', 'expired', 'own_link', 'already_contact', 'other_network', 'newer_version', 'unknown_relays', 'full', 'unreachable', 'internal'];
      for (const reason of reasons) {
        world.failures.set('contact.add', reason);
        await page.click('dialog .panel .primary');
        await page.locator('dialog .error-text').waitFor();
        sentences.add(await page.locator('dialog .error-text').textContent());
      }
      assert.equal(sentences.size, reasons.length, [...sentences].join('\n'));
    }, { language }));
}

test('a link that was taken waits for an answer, and says so', (browser) =>
  withAlice(browser, async ({ page }) => {
    for (const title of ['New contact', 'New contact 2']) {
      await page.waitForSelector('nav');
      await page.click('button.add');
      await page.getByRole('tab').nth(1).click();
      await page.fill('dialog textarea', 'simurgh:invite#abc');
      await page.click('dialog .panel .primary');
      await page.locator('.toast', { hasText: 'Waiting for their answer' }).waitFor();
      await page.locator('.thread .name', { hasText: title }).waitFor();
      assert.match(page.url(), /#\/chats\/[0-9a-f]{32}$/);
    }
  }));

test('an invite in a message opens with its link in place', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    const link = `simurgh:invite#${'Ab_9'.repeat(60)}`;
    world.send(world.people.get('bob'), { conversation: 'Alice', text: `take this: ${link}` });
    await openChat(page, 'bob');
    await page.locator('.words .invite').click();
    assert.equal(await page.inputValue('dialog textarea'), link);
  }));

test('an amount that could be two is refused, and other people’s spaces too', (browser) =>
  withAlice(browser, async ({ page }) => {
    await openChat(page, 'bob');
    await page.click('.compose .pay');
    const field = page.locator('dialog input[inputmode=decimal]');
    for (const [text, words] of [['1,000', 'two amounts'], ['1 2', 'Write a number']]) {
      await field.fill(text);
      await page.locator('dialog .about.error-text', { hasText: words }).waitFor();
    }
    await field.fill('۱۲،۵');
    await page.click('dialog button[type=submit]');
    assert.match(await page.textContent('dialog dl'), /12\.5 /);
  }));

test('several entries of one transaction stand in the history', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    const [first] = world.people.get('alice').history;
    world.people.get('alice').history.unshift({ ...first, place: '2', comment: 'third' }, { ...first, place: '1', comment: 'second' });
    await goTo(page, '#/wallet');
    await page.locator('.comment', { hasText: 'third' }).waitFor();
    await page.locator('.comment', { hasText: 'second' }).waitFor();
  }));

test('a quote to an address counts the comment, one to a contact does not', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    await goTo(page, '#/wallet');
    for (const [to, seen, open_] of [['0Q'.padEnd(48, 'x'), 'hello', true], ['Bob', undefined, false]]) {
      await page.locator('.balance button').last().click();
      await page.locator('dialog input.field').first().fill(to);
      await page.fill('dialog input[inputmode=decimal]', '1');
      await page.locator('dialog input.field').last().fill('hello');
      assert.equal(await page.getByText('Everybody can read this').isVisible(), open_);
      await page.click('dialog button[type=submit]');
      await page.waitForSelector('dialog dl');
      assert.equal(world.calls.findLast((call) => call.method === 'payment.quote').params.comment, seen);
      await page.keyboard.press('Escape');
      await page.waitForSelector('dialog', { state: 'detached' });
    }
  }));

test('an Enter that is held down pays nothing', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    await openChat(page, 'bob');
    await page.click('.compose .pay');
    await page.fill('dialog input[inputmode=decimal]', '2');
    await page.keyboard.down('Enter');
    await page.waitForSelector('dialog dl');
    for (let i = 0; i < 5; i += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await page.waitForSelector('dialog .choice .primary');
    assert.ok(!world.calls.some((call) => call.method === 'payment.send'), 'it was paid unread');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog', { state: 'detached' });
  }));

test('the focus goes back to what opened a window, and along with what replaces it', (browser) =>
  withAlice(browser, async ({ page }) => {
    await page.waitForSelector('nav');
    await page.click('button.add');
    await page.waitForSelector('dialog');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    await until(page, () => document.activeElement?.getAttribute('aria-label') === 'New contact');
    await openChat(page, 'bob');
    await page.locator('.thread header .icon-button').last().click();
    // One window gives way to another: the way back is the first one's.
    await page.locator('dialog .choices button').first().click();
    await page.waitForSelector('dialog input[inputmode=decimal]');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    await until(page, () => document.activeElement?.getAttribute('aria-label') === 'About this contact');
    await payInChat(page, '1');
    await page.locator('dialog .choice button').first().click();
    await until(page, () => document.activeElement?.getAttribute('inputmode') === 'decimal');
    await page.keyboard.press('Escape');
    await goTo(page, '#/explorer');
    await page.locator('li .number').first().click();
    await page.waitForSelector('h2[tabindex]');
    assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), 'BODY');
  }));

test('two equal messages are announced twice, and a row’s buttons are reached by Tab', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    await openChat(page, 'bob');
    await page.evaluate(() => {
      globalThis.announced = 0;
      new MutationObserver(() => (globalThis.announced += 1)).observe(document.querySelector('.sr-only[aria-live]'), { childList: true, subtree: true, characterData: true });
    });
    for (const count of [1, 2]) {
      world.send(world.people.get('bob'), { conversation: 'Alice', text: 'ping' });
      await until(page, (wanted) => globalThis.announced >= wanted, count);
    }
    await page.locator('.log').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'Reply');
  }));

test('the explorer tells what is not there from what was not answered', (browser) =>
  withAlice(browser, async ({ page, world, mock }) => {
    await goTo(page, '#/explorer');
    const find = async (words) => {
      await page.fill('form input', words);
      await page.click('form button');
    };
    await find('nothing');
    await page.locator('.error-text', { hasText: 'Nothing goes by that' }).waitFor();
    world.failures.set('chain.search', 'unreachable');
    await find('12');
    await page.locator('.error-text', { hasText: 'Nobody answered' }).waitFor();
    world.failures.set('chain.block', 'unreachable');
    await goTo(page, '#/explorer/block/-1/1210');
    await page.locator('h2 ~ div .error-text').waitFor();
    world.failures.clear();
    await page.locator('h2 ~ div button').click();
    await page.waitForSelector('dl');
    world.failures.set('chain.block', 'unreachable');
    await goTo(page, '#/explorer/block/-1/1211');
    await page.locator('h2 ~ div .error-text').waitFor();
    world.failures.clear();
    mock.cut('alice');
    await page.waitForSelector('dl');
  }));

test('what could not be read says so and is read again', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    await page.waitForSelector('nav');
    world.failures.set('message.list', 'busy');
    await goTo(page, '#/chats/bob');
    await page.locator('.wait .error-text').waitFor();
    world.failures.clear();
    await page.locator('.wait button').click();
    await page.waitForSelector('[data-message]');
    world.failures.set('message.search', 'busy');
    await page.fill('input[type=search]', 'book');
    await page.locator('.none .error-text').waitFor();
    world.failures.clear();
    await page.locator('.none button').click();
    await page.waitForSelector('mark');
    world.failures.set('qr.encode', 'busy');
    await page.click('button.add');
    await page.locator('.qr [role=alert]').waitFor();
    world.failures.clear();
    await page.locator('.qr button').click();
    await page.waitForSelector('.qr svg');
  }));

test('a daemon that answers late is not offline for good', (browser) =>
  withAlice(browser, async ({ page, world, mock }) => {
    await page.waitForSelector('nav');
    world.failures.set('contact.list', 'busy');
    mock.cut('alice');
    await page.waitForSelector('.offline');
    await until(page, () => performance.now() > 0);
    world.failures.clear();
    await page.waitForSelector('.offline', { state: 'detached' });
  }));

test('a contact’s new name is the one that is known', (browser) =>
  withAlice(browser, async ({ page }) => {
    await openChat(page, 'Leyla Nazari');
    await page.click('.thread header .who');
    await page.locator('dialog .choices button').nth(1).click();
    await page.fill('dialog input', 'Leyla N.');
    await page.keyboard.press('Enter');
    await page.locator('.thread .name', { hasText: 'Leyla N.' }).waitFor();
    await page.click('.thread header .who');
    await page.locator('dialog', { hasText: 'Contact since' }).waitFor();
  }));

test('relays say how quick they are, and a network that was just started is not called bad', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    await page.waitForSelector('nav');
    await page.click('.pane header .icon-button.good');
    assert.match(await page.locator('dialog li').first().textContent(), /answers · in 12 ms/);
    await page.keyboard.press('Escape');
    world.way = { reason: 'trying', relays: world.carrier().relays.map((relay) => ({ ...relay, used: false, ok: false, last_ms: 0 })) };
    world.tellCarrier();
    await page.click('.pane header .icon-button.unknown');
    await page.getByText('the relays are being asked').waitFor();
  }));

test('a code in a picture is read', (browser) =>
  withAlice(browser, async ({ page }) => {
    await page.waitForSelector('nav');
    await page.click('button.add');
    const link = (await page.locator('dialog .link').textContent()).trim();
    const picture = await page.locator('.qr').screenshot();
    await page.getByRole('tab').nth(1).click();
    await page.setInputFiles('dialog input[type=file]', { name: 'code.png', mimeType: 'image/png', buffer: picture });
    await until(page, () => document.querySelector('dialog textarea').value !== '');
    assert.equal(await page.inputValue('dialog textarea'), link);
    const [blank] = [await page.locator('dialog h2').screenshot()];
    await page.setInputFiles('dialog input[type=file]', { name: 'blank.png', mimeType: 'image/png', buffer: blank });
    await page.locator('dialog .error-text', { hasText: 'no QR code' }).waitFor();
  }));

test('a finger finds 44 pixels everywhere, and larger letters are larger', (browser) =>
  withAlice(browser, async ({ page }) => {
    for (const route of ['#/chats/Bob', '#/chats', '#/wallet', '#/settings', '#/explorer']) {
      await goTo(page, route);
      await page.waitForSelector('h1, [data-message]', { state: 'attached' });
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('button, nav a, select, a.icon-button')]
          .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches('.skip, .quote, .invite'))
          .map((one) => ({ name: one.outerHTML.slice(0, 90), box: one.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.width < 43.5 || box.height < 43.5))
          .map(({ name, box }) => `${name} ${box.width}×${box.height}`),
      );
      assert.deepEqual(small, [], route);
    }
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('h1')).fontSize));
    const before = await size();
    await page.evaluate(() => (document.documentElement.style.fontSize = '150%'));
    assert.ok((await size()) > before * 1.4, 'the letters do not follow the browser’s size');
  }, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, expected: /style/ }));

test('the demo says what its network bears', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    await page.waitForSelector('[data-step=stopValidator]');
    assert.match(await page.textContent('.title'), /3 people, 3 validators, 2 relays/);
    for (const step of ['stopValidator', 'stopRelay']) assert.match(await page.textContent(`[data-step=${step}]`), /this halts it/i);
    await page.locator('.note', { hasText: 'Stopping one more validator halts it' }).waitFor();
    const name = await page.getAttribute('[data-part=validator-2]', 'aria-label');
    await page.click('[data-part=validator-2]');
    await page.locator('.note', { hasText: 'no new blocks until' }).waitFor();
    assert.equal(await page.getAttribute('[data-part=validator-2]', 'aria-label'), name, 'the switch was renamed');
    assert.equal(await page.locator('iframe').count(), 2);
    await page.locator('.tabs button', { hasText: 'Carol' }).click();
    await page.frameLocator('iframe[title*=Carol]').locator('nav').waitFor();
    world.failures.set('demo.start', 'not_switched');
    await page.click('[data-part=validator-2]');
    await page.locator('aside .error-text', { hasText: 'could not be stopped or started' }).waitFor();
  }, { route: 'demo', viewport: { width: 1440, height: 1000 }, mock: { third: true, validators: 3, relays: 2 } }));

/** One of each code that the daemon has, as it would send it. */
const FINDINGS = [
  { code: 'folder_private', path: '/srv/alice' }, { code: 'folder_open', path: '/srv/alice', mode: '755' }, { code: 'folder_lost', error: 'no such file' },
  { code: 'key_private', path: '/srv/key' }, { code: 'key_open', path: '/srv/key', mode: '644' }, { code: 'key_lost', error: 'no such file' },
  { code: 'database_there', kilobytes: 1200 }, { code: 'database_lost', error: 'no such file' },
  { code: 'words_saved' }, { code: 'words_devnet' }, { code: 'words_unsaved' }, { code: 'words_unknown', error: 'It is stopping.' },
  { code: 'operators_apart', operators: 3 }, { code: 'operators_one' }, { code: 'operators_near', lone: 1, all: 4 }, { code: 'operators_unknown', unnamed: 2, may_be_all: true },
  { code: 'carrier_profile_used', number: 0 }, { code: 'carrier_profile_used', number: 3 }, { code: 'carrier_profile_refused', number: 0, place: '/srv/alice/carrier.profile', error: 'not signed' },
  { code: 'relays_answer', all: 3, waiting: 1 }, { code: 'relays_silent', silent: [{ host: 'relay.example', error: 'Connection refused.' }], all: 3, waiting: 0 },
  { code: 'relays_abroad_cut', answering: 2, all: 7, messages: 3 }, { code: 'relays_unknown', error: 'It is stopping.' },
  { code: 'chain_moves', seqno: 12, age_s: 1 }, { code: 'chain_stands', seqno: 12, age_s: 100 }, { code: 'chain_silent', error: 'the chain did not answer' },
];
const PROBLEMS = ['not_enough', 'not_in_time', 'not_made', 'refused'];
const REFUSALS = ['too_large', 'malformed', 'known', 'account_full', 'pool_full', 'wrong_account', 'balance', 'account_missing', 'wrong_state', 'frozen', 'signature_disabled', 'seqno', 'wallet_id', 'bad_signature', 'expired', 'not_accepted', 'impossible', 'node_state'];

/** Latin words on the page that stand neither isolated nor in a choice of languages. */
const latin = (page) =>
  page.evaluate(() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (/[A-Za-z]{3,}/.test(node.data) && !node.parentElement.closest('bdi, option, script, noscript, style, svg')) found.push(node.data.trim());
    }
    return found;
  });

test('no English stands in the Persian page, whatever the daemon tells', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    const alice = world.people.get('alice');
    world.findings = FINDINGS;
    const conversation = world.find(alice, 'نگار');
    const failed = (payment) => world.put(alice, conversation, {
      id: Math.random().toString(16).slice(2), conversation: conversation.id, from: 'me', mine: true, at_ms: Date.now(), state: 'accepted', kind: 'payment', text: '',
      payment: { amount: String(GRAM), fee: '1', state: 'failed', transaction: null, comment: '', reason: 'English words.', ...payment },
    });
    for (const problem of PROBLEMS) failed({ problem });
    for (const refusal of REFUSALS) failed({ problem: 'refused', refusal });
    for (const notice of ['unreadable', 'payments_unproven', undefined]) {
      world.put(alice, conversation, { id: `n${notice}`, conversation: conversation.id, from: 'نگار', mine: false, at_ms: Date.now(), state: 'received', kind: 'notice', text: 'English words.', notice });
    }
    for (const code of ['not_there', 'expired', 'impostor', 'bad_key']) troubled(world, `غریبه ${code.length}`, code === 'not_there' ? 'invited' : 'failed', code);
    await page.waitForSelector('nav');
    await page.reload();
    await openChat(page, 'نگار');
    assert.equal(await page.locator('.row.notice').count(), 3);
    assert.equal(await page.locator('[data-payment=failed]').count(), PROBLEMS.length + REFUSALS.length);
    const all = { 'the conversation': await latin(page) };
    for (const length of [7, 8, 9]) {
      await goTo(page, `#/chats/${encodeURIComponent(`غریبه ${length}`)}`);
      await page.waitForSelector('.invited');
      all[`contact ${length}`] = await latin(page);
    }
    await goTo(page, '#/settings');
    await page.click('[data-do=check]');
    await page.locator('section[aria-labelledby=relays] [role=status] li').first().waitFor();
    assert.equal(await page.locator('section[aria-labelledby=relays] [role=status] li').count(), FINDINGS.length);
    all['the doctor'] = (await latin(page)).filter((text) => !/MIT|OFL|SIL/.test(text));
    for (const [where, found] of Object.entries(all)) assert.deepEqual(found, [], where);
    await fitsInside(page, 'the doctor');
  }, { language: 'fa', viewport: { width: 390, height: 844 } }));
