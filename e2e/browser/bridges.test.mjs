// Bridges in the page, against the mock daemon: their links, their states in words, and what the shield says of them.
import { accessible, assert, fitsInside, fitsWidth, goTo, openChat, PHONE, test, withAlice } from './harness.mjs';

const BRIDGE = `simurgh:bridge#${'Ab_9'.repeat(60)}`;
const INVITE = `simurgh:invite#${'Cd-7'.repeat(60)}`;
const card = (page) => page.locator('section[aria-labelledby=relays]');
const bridges = (page) => card(page).locator('.bridges li');

const WORDS = {
  en: {
    states: {
      waiting: 'is being asked to let you in', ready: 'ready for when it is needed', spared: 'ready for when it is needed', silent: 'does not answer',
      used: 'used by somebody else', unreachable: 'can’t be reached yet', not_a_bridge: 'is not this bridge',
    },
    inUse: 'in use', usual: 'Messages go the usual way.', through: 'through a bridge', down: 'Nothing gets through', abroad: 'The way abroad is cut off',
    friend: { link: 'up to 7 more over time', not_yet: 'the next link from', no_more: 'all of your links', full: 'no more links for friends', refused: 'gave no link' },
    one: /^1 message waits$/, many: /^1,200 messages wait$/, silent: '2 of 3 relays answer', person: 'leads to a person', bridge: 'leads to a bridge',
  },
  fa: {
    states: {
      waiting: 'خواسته می‌شود که راهتان دهد', ready: 'آماده برای هنگام نیاز', spared: 'آماده برای هنگام نیاز', silent: 'پاسخ نمی‌دهد',
      used: 'کس دیگری به کار برده', unreachable: 'هنوز در دسترس نیست', not_a_bridge: 'این پل نیست',
    },
    inUse: 'در حال کار', usual: 'پیام‌ها از راه همیشگی می‌روند.', through: 'از راه پل', down: 'هیچ راهی باز نیست', abroad: 'راه خارج بسته است',
    friend: { link: 'تا ۷ پیوند دیگر', not_yet: 'پیوند بعدی را از', no_more: 'همهٔ پیوندهای شما', full: 'دیگر برای دوستان پیوندی نمی‌دهد', refused: 'این پل پیوندی نداد' },
    one: /^۱ پیام در انتظار است$/, many: /^۱٬۲۰۰ پیام در انتظارند$/, silent: '۲ رله از ۳ رله پاسخ می‌دهند', person: 'به یک شخص می‌رسد', bridge: 'به یک پل می‌رسد',
  },
};

/** A bridge in each state that it can be in. */
function everyState(world) {
  const one = (state, rest) => ({ id: state, host: `${state.replaceAll('_', '-')}.example:443`, bridge: true, redeemed: false, used: false, ok: false, last_ms: 0, ...rest });
  const refused = (code) => one(code, { used: true, error: 'English words.', problem_code: code });
  world.bridges = [
    one('waiting', {}), one('ready', { redeemed: true }), one('spared', { redeemed: true, used: true, ok: true, last_ms: 31 }),
    one('silent', { redeemed: true, used: true, error: 'English words.' }), refused('used'), refused('unreachable'), refused('not_a_bridge'),
  ];
  world.tellCarrier();
}

async function openAdd(page) {
  await goTo(page, '#/settings');
  await page.click('[data-do=add-bridge]');
  await page.waitForSelector('dialog textarea');
}

const shut = async (page) => {
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
};

for (const [language, words] of Object.entries(WORDS)) {
  test(`bridges stand apart from the relays, each with its state in words (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      await goTo(page, '#/settings');
      await card(page).locator('.none').waitFor();
      everyState(world);
      for (const [state, text] of Object.entries(words.states)) await bridges(page).filter({ hasText: `${state.replaceAll('_', '-')}.example` }).filter({ hasText: text }).waitFor();
      assert.equal(await bridges(page).count(), Object.keys(words.states).length);
      assert.equal(await card(page).locator('li').count(), Object.keys(words.states).length + 3, 'three relays stand above');
      assert.equal(await card(page).getByText('English words').count(), 0);
    }, { language }));

  test(`the shield says which way messages go, and how many wait (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      await page.waitForSelector('nav');
      const look = async (health, way, ...said) => {
        world.way = way;
        world.tellCarrier();
        await page.click(`.pane header .icon-button.${health}`);
        for (const text of said) await page.locator('dialog p').filter({ hasText: text }).first().waitFor();
      };
      await look('good', {}, words.usual);
      assert.equal(await page.locator('dialog .waiting').count(), 0);
      await shut(page);
      world.relays[2].running = false;
      await look('some', {}, words.silent);
      assert.equal(await page.getByText(words.usual).count(), 0, 'with a silent relay it is not as usual');
      await shut(page);
      everyState(world);
      await look('bridge', { through_bridge: true }, words.through);
      assert.equal(await page.locator('dialog li').count(), 3 + world.bridges.length);
      assert.equal(await page.locator('dialog li', { hasText: 'spared.example' }).locator('.how').textContent(), words.inUse);
      await shut(page);
      await look('bad', { reason: 'down', messages_waiting: 1 }, words.down, words.abroad, words.one);
      // Of what waits no event tells: the number is asked for when it is looked at.
      await shut(page);
      world.way = { reason: 'down', messages_waiting: 1200 };
      await page.click('.pane header .icon-button.bad');
      await page.locator('dialog .waiting').filter({ hasText: words.many }).waitFor();
      assert.equal(await page.locator('dialog .try').count(), 0, 'there are bridges already');
    }, { language }));

  test(`each reason why a bridge link is not taken has a sentence (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      await openAdd(page);
      await page.fill('dialog textarea', BRIDGE);
      const sentences = new Set();
      const reasons = ['bad_link', 'expired', 'newer_version', 'link_changed', 'full', 'internal'];
      for (const reason of reasons) {
        world.failures.set('carrier.add', reason);
        await page.click('dialog .panel .primary');
        await page.locator('dialog .error-text').waitFor();
        sentences.add(await page.locator('dialog .error-text').textContent());
        await page.fill('dialog textarea', `${BRIDGE} `);
        await page.locator('dialog .error-text').waitFor({ state: 'detached' });
      }
      assert.equal(sentences.size, reasons.length, [...sentences].join('\n'));
    }, { language }));

  test(`a link in the wrong place is taken as what it is (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      await openAdd(page);
      await page.fill('dialog textarea', `  ${INVITE}\n`);
      await page.locator('dialog [role=status]', { hasText: words.person }).waitFor();
      await page.click('dialog .panel .primary');
      await page.getByRole('tab', { selected: true }).waitFor();
      assert.equal(await page.inputValue('dialog textarea'), INVITE);
      assert.ok(!world.calls.some((call) => call.method === 'carrier.add' || call.method === 'contact.add'), 'nothing is taken before it was agreed to');
      await shut(page);

      await goTo(page, '#/chats');
      await page.click('button.add');
      await page.getByRole('tab').nth(1).click();
      await page.fill('dialog textarea', BRIDGE);
      await page.locator('dialog [role=status]', { hasText: words.bridge }).waitFor();
      await page.click('dialog .panel .primary');
      await page.getByRole('tab').first().waitFor({ state: 'detached' });
      assert.equal(await page.inputValue('dialog textarea'), BRIDGE);
      await page.click('dialog .panel .primary');
      await page.waitForSelector('dialog', { state: 'detached' });
      assert.deepEqual(world.calls.filter((call) => /\.add$/.test(call.method)), [{ method: 'carrier.add', params: { link: BRIDGE } }]);
    }, { language }));

  test(`a bridge is asked for a link for a friend, and whatever it says is said in words (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      everyState(world);
      await goTo(page, '#/settings');
      const open = bridges(page).filter({ hasText: 'ready.example' }).getByRole('button').first();
      assert.equal(await bridges(page).filter({ hasText: 'waiting.example' }).getByRole('button').count(), 1, 'who is not let in has nothing to pass on');
      await open.click();
      await page.locator('dialog .small', { hasText: words.friend.link }).waitFor();
      assert.match(await page.locator('dialog .link').textContent(), /^simurgh:bridge#/);
      await page.locator('dialog .qr svg').waitFor();
      await accessible(page, 'a link for a friend');
      await fitsInside(page, 'a link for a friend');
      assert.deepEqual(world.calls.filter((call) => call.method === 'carrier.invite'), [{ method: 'carrier.invite', params: { id: 'ready' } }]);
      await shut(page);
      for (const kind of ['not_yet', 'no_more', 'full', 'refused']) {
        world.friend = kind === 'not_yet' ? { kind, from_ms: Date.now() + 86_400_000 } : { kind };
        await open.click();
        await page.locator('dialog [role=status]', { hasText: words.friend[kind] }).waitFor();
        assert.equal(await page.locator('dialog .link').count(), 0);
        await shut(page);
      }
      world.failures.set('carrier.invite', 'unreachable');
      await open.click();
      await page.locator('dialog .error-text').waitFor();
      world.failures.delete('carrier.invite');
      world.friend = undefined;
      await page.click('dialog .panel .button');
      await page.locator('dialog .link').waitFor();
    }, { language, viewport: PHONE }));

  for (const theme of ['light', 'dark']) {
    test(`axe finds nothing where bridges are (${language}, ${theme})`, (browser) =>
      withAlice(browser, async ({ page, world }) => {
        everyState(world);
        world.way = { through_bridge: true };
        await page.waitForSelector('nav');
        world.tellCarrier();
        await page.click('.pane header .icon-button.bridge');
        await accessible(page, 'the shield');
        await fitsInside(page, 'the shield');
        await shut(page);
        await openAdd(page);
        await fitsInside(page, 'the dialog');
        await accessible(page, 'the dialog');
        await page.fill('dialog textarea', INVITE);
        await page.locator('dialog [role=status]').waitFor();
        await accessible(page, 'the dialog with a link to a person');
        await fitsInside(page, 'the dialog with a link to a person');
        await shut(page);
        await accessible(page, 'the settings');
        await fitsWidth(page, 'the settings');
        await fitsInside(page, 'the settings');
        await bridges(page).first().locator('.danger').click();
        await page.waitForSelector('dialog .danger');
        await accessible(page, 'removing');
        await shut(page);
        [world.bridges, world.way] = [[], { reason: 'down', messages_waiting: 3 }];
        world.tellCarrier();
        await goTo(page, '#/chats');
        await page.click('.pane header .icon-button.bad');
        await page.waitForSelector('dialog .try');
        await accessible(page, 'the shield when nothing gets through');
        await fitsInside(page, 'the shield when nothing gets through');
      }, { language, theme, viewport: PHONE, reducedMotion: 'reduce' }));
  }
}

test('a bridge is added, gets its turn and is removed after a question', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    await openAdd(page);
    assert.ok(await page.locator('dialog .panel .primary').isDisabled());
    await page.fill('dialog textarea', `${BRIDGE}\n`);
    await page.click('dialog .panel .primary');
    await page.locator('.toast', { hasText: 'The link is good' }).waitFor();
    await bridges(page).filter({ hasText: WORDS.en.states.waiting }).waitFor();
    world.bridges = world.bridges.map((bridge) => ({ ...bridge, redeemed: true }));
    world.tellCarrier();
    await bridges(page).filter({ hasText: WORDS.en.states.ready }).waitFor();

    const button = page.getByRole('button', { name: 'Remove Bridge 1' });
    await button.click();
    assert.match(await page.textContent('dialog p'), /bridge-1\.example:443/);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Cancel');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog', { state: 'detached' });
    assert.equal(await bridges(page).count(), 1, 'it was not agreed to');
    await button.click();
    world.failures.set('carrier.remove', 'internal');
    await page.click('dialog .danger');
    await page.locator('dialog .error-text').waitFor();
    world.failures.delete('carrier.remove');
    await page.click('dialog .danger');
    await page.locator('.toast', { hasText: 'The bridge is removed' }).waitFor();
    await card(page).locator('.none').waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('[data-do=add-bridge]'));
  }));

test('a bridge that goes gives the focus to the next one', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    everyState(world);
    await goTo(page, '#/settings');
    for (const [name, next] of [['Remove Bridge 2', 'Remove Bridge 2'], ['Remove Bridge 6', 'Remove Bridge 5']]) {
      const left = world.bridges.length - 1;
      await page.getByRole('button', { name }).click();
      await page.click('dialog .danger');
      await page.waitForFunction(({ next, left }) => document.activeElement?.getAttribute('aria-label') === next && document.querySelectorAll('.bridges li').length === left, { next, left });
    }
  }));

test('a bridge that is ready has another sign than one that is being asked, and while nothing gets through it is not called ready', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    everyState(world);
    await goTo(page, '#/settings');
    const sign = (state) => bridges(page).filter({ hasText: `${state}.example` }).getAttribute('data-sign');
    await bridges(page).first().waitFor();
    assert.deepEqual([await sign('waiting'), await sign('ready'), await sign('silent')], ['unknown', 'ready', 'bad']);
    world.way = { reason: 'down' };
    world.tellCarrier();
    await bridges(page).filter({ hasText: 'ready.example' }).filter({ hasText: 'nothing gets through it now' }).waitFor();
  }));

test('a link is taken out of what a messenger made of it', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    await openAdd(page);
    await page.fill('dialog textarea', `سلام، این پل: \u2066\u200E${BRIDGE.slice(0, 76)}\n${BRIDGE.slice(76)}\u2069 است`);
    await page.click('dialog .panel .primary');
    await page.waitForSelector('dialog', { state: 'detached' });
    assert.deepEqual(world.calls.filter((call) => call.method === 'carrier.add'), [{ method: 'carrier.add', params: { link: BRIDGE } }]);
  }));

test('when nothing gets through and there is no bridge, the shield leads to one', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    await page.waitForSelector('nav');
    world.way = { reason: 'down', messages_waiting: 2 };
    world.tellCarrier();
    await page.click('.pane header .icon-button.bad');
    await page.locator('dialog .waiting', { hasText: '2 messages wait' }).waitFor();
    await page.click('dialog .try button');
    await page.fill('dialog textarea', BRIDGE);
    await page.click('dialog .panel .primary');
    await page.waitForSelector('dialog', { state: 'detached' });
    assert.equal(world.bridges.length, 1);
  }));

test('a bridge link in a message opens with its link in place', (browser) =>
  withAlice(browser, async ({ page, world }) => {
    world.send(world.people.get('bob'), { conversation: 'Alice', text: `take this: ${BRIDGE}` });
    await openChat(page, 'bob');
    await page.locator('.words .invite', { hasText: 'Bridge' }).click();
    assert.equal(await page.inputValue('dialog textarea'), BRIDGE);
    await page.click('dialog .panel .primary');
    await page.waitForSelector('dialog', { state: 'detached' });
    assert.equal(world.bridges.length, 1);
  }));

test('a code in a picture is read for a bridge too, and a person’s is known for one', (browser) =>
  withAlice(browser, async ({ page }) => {
    await page.waitForSelector('nav');
    await page.click('button.add');
    const link = (await page.locator('dialog .link').textContent()).trim();
    const picture = await page.locator('.qr').screenshot();
    await shut(page);
    await openAdd(page);
    await page.setInputFiles('dialog input[type=file]', { name: 'code.png', mimeType: 'image/png', buffer: picture });
    await page.locator('dialog [role=status]', { hasText: WORDS.en.person }).waitFor();
    assert.equal(await page.inputValue('dialog textarea'), link);
  }));
