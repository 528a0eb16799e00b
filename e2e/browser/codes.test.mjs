// Messages as QR codes: shown on one page, seen by the camera of another. Chromium plays what the first page shows as a
// film to the second one's camera. Against the mock daemon; with SIMURGH_BIN set, a real message in the real program too.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { accessible, assert, fitsInside, fitsWidth, goTo, launch, open, openChat, PHONE, settingsOf, test, withAlice } from './harness.mjs';
import { program, startDemo } from './program.mjs';

const FILM = { width: 640, height: 480, per_second: 4 };
const SLOW_MS = 60_000;
const SIDEWAYS = { width: PHONE.height, height: PHONE.width };
const card = (page) => page.locator('section[aria-labelledby=offline]');
const place = (page) => page.locator('dialog [data-place]');

const WORDS = {
  en: { of: (n, all) => `${n} of ${all}`, read: (n, all) => `${n} of ${all} codes read`, taken: '2 new messages', other: 'of other messages', noFrame: 'does not hold messages', noCode: 'no QR code', newer: 'newer Simurgh', nothing: 'Nothing is on its way', left: 'save a file', program: 'A program is in this file' },
  fa: { of: (n, all) => `${fa(n)} از ${fa(all)}`, read: (n, all) => `${fa(n)} از ${fa(all)} کد خوانده شد`, taken: '۲ پیام تازه', other: 'از پیام‌های دیگری', noFrame: 'پیامی در خود ندارد', noCode: 'کد QR خوانایی نیست', newer: 'سیمرغی تازه‌تر', nothing: 'چیزی در راه نیست', left: 'پرونده‌ای ذخیره کنید', program: 'برنامه‌ای هم در این پرونده هست' },
};

function fa(number) {
  return String(number).replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[digit]);
}

/** Opens the window that shows codes and stops at the first one. */
async function pausedAtFirst(page) {
  await page.click('[data-do=show-codes]');
  await page.click('[data-do=pause]');
  while ((await place(page).getAttribute('data-place')) !== '1') await page.locator('dialog .line .icon-button').first().click();
}

/** Pictures of all codes, as they are on the screen. */
async function pictures(page, total) {
  const taken = [];
  for (let n = 1; n <= total; n += 1) {
    await page.locator(`dialog [data-place="${n}"]`).waitFor();
    taken.push(await page.locator('dialog .qr').screenshot());
    if (n < total) await page.locator('dialog .line .icon-button').last().click();
  }
  return taken;
}

/** A film of pictures in the middle of a grey room, as Chromium's fake camera plays it over and over (YUV4MPEG2, 4:2:0). */
async function film(browser, shots, file) {
  const { page, close } = await open(browser, 'about:blank');
  const head = `YUV4MPEG2 W${FILM.width} H${FILM.height} F${FILM.per_second}:1 Ip A1:1 C420jpeg\n`;
  const parts = [Buffer.from(head)];
  const colours = Buffer.alloc((FILM.width * FILM.height) / 2, 128);
  for (const shot of shots) {
    const light = await page.evaluate(async ({ base64, width, height }) => {
      const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      context.fillStyle = '#999';
      context.fillRect(0, 0, width, height);
      const side = height * 0.94;
      context.drawImage(bitmap, (width - side) / 2, (height - side) / 2, side, side);
      const { data } = context.getImageData(0, 0, width, height);
      let text = '';
      for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(Math.round(data[at] * 0.299 + data[at + 1] * 0.587 + data[at + 2] * 0.114));
      return btoa(text);
    }, { base64: shot.toString('base64'), ...FILM });
    parts.push(Buffer.from('FRAME\n'), Buffer.from(light, 'base64'), colours);
  }
  await close();
  await writeFile(file, Buffer.concat(parts));
}

/** What the window that reads codes counts from now on: it closes by itself, sooner than anybody may look. */
function countedCodes(page) {
  return page.evaluateHandle(() => {
    const counted = [];
    const look = () => {
      const have = Number(document.querySelector('dialog [data-have]')?.dataset.have ?? 0);
      if (have > 0 && counted.at(-1) !== have) counted.push(have);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    return counted;
  });
}

/** Chromium whose camera sees a film. */
const withCamera = (file) => launch('--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`);

const picture = (buffer, name = 'code.png') => ({ name, mimeType: 'image/png', buffer });

for (const [language, words] of Object.entries(WORDS)) {
  const theme = language === 'fa' ? 'dark' : 'light';
  const look = { language, theme, viewport: PHONE };

  test(`what one page shows as codes the camera of another takes (${language})`, async (browser) => {
    const dir = await mkdtemp(join(tmpdir(), 'simurgh-codes-'));
    const camera = { file: join(dir, 'film.y4m') };
    try {
      await withAlice(browser, async ({ page, alice, world }) => {
        alice.person.bundle = { messages: 2, cells: 2 };
        alice.person.frameBytes = 40;
        await goTo(page, '#/settings');
        await pausedAtFirst(page);
        const total = Number((await page.locator('dialog .place').textContent()).replace(/[۰-۹]/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'.indexOf(digit)).match(/\d+$/)[0]);
        assert.ok(total >= 3, `${total} codes`);
        await page.getByText(words.of(1, total), { exact: true }).waitFor();
        await fitsWidth(page, 'the codes');
        await fitsInside(page, 'the codes');
        await accessible(page, `the codes (${language})`);
        if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/codes-show-${language}.png` });
        const shots = await pictures(page, total);
        // it goes on by itself, and comes round
        await page.click('[data-do=pause]');
        await page.locator('dialog [data-place="1"]').waitFor();
        await page.locator('dialog [data-place="2"]').waitFor();
        await page.keyboard.press('Escape');
        await film(browser, shots, camera.file);
        const eyes = await withCamera(camera.file);
        const other = await open(eyes, alice.page(), { settings: settingsOf(language, theme), viewport: PHONE });
        try {
          await goTo(other.page, '#/settings');
          const counted = await countedCodes(other.page);
          await other.page.click('[data-do=scan-codes]');
          await card(other.page).getByText(words.taken).waitFor();
          await other.page.locator('dialog').waitFor({ state: 'detached' });
          const have = await counted.jsonValue();
          assert.deepEqual(have, Array.from({ length: have.length }, (_, at) => at + 1), 'the codes were not counted one by one');
          assert.ok(have.length >= total - 1, `${have.length} of ${total} codes were counted`);
          assert.deepEqual(other.complaints, [], 'the browser complained');
        } finally {
          await other.close();
          await eyes.close();
        }
      }, look);
    } finally {
      await rm(dir, { recursive: true });
    }
  });

  test(`codes are read from pictures, what was missed is counted, and codes of others are told (${language})`, (browser) =>
    withAlice(browser, async ({ page, alice }) => {
      alice.person.bundle = { messages: 2, cells: 2 };
      alice.person.frameBytes = 60;
      await goTo(page, '#/settings');
      await pausedAtFirst(page);
      const total = Number((await page.locator('dialog .place').textContent()).replace(/[۰-۹]/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'.indexOf(digit)).match(/\d+$/)[0]);
      const shots = await pictures(page, total);
      await page.keyboard.press('Escape');
      alice.person.bundle = { messages: 1 };
      await pausedAtFirst(page);
      const stranger = await page.locator('dialog .qr').screenshot();
      await page.keyboard.press('Escape');

      await page.click('[data-do=scan-codes]');
      const put = (...some) => page.setInputFiles('dialog input[type=file]', some.map((one) => picture(one)));
      await put(shots[total - 1], shots[total - 1]);
      await page.locator('dialog [data-have="1"]').waitFor();
      await page.getByText(words.read(1, total)).first().waitFor();
      await put(stranger);
      await page.getByText(words.other).waitFor();
      await put(await page.locator('dialog h2').screenshot());
      await page.getByText(words.noCode).waitFor();
      await accessible(page, `the window that reads codes (${language})`);
      await fitsInside(page, 'the window that reads codes');
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/codes-scan-${language}.png` });
      await put(...shots.slice(0, -1));
      await card(page).getByText(words.taken).waitFor();
    }, look));

  test(`codes that are none, empty ones and those that hold not everything are told in words (${language})`, (browser) =>
    withAlice(browser, async ({ page, alice, world }) => {
      await goTo(page, '#/chats');
      await page.click('button.add');
      const invite = await page.locator('.qr').screenshot();
      await page.keyboard.press('Escape');
      await goTo(page, '#/settings');
      await page.click('[data-do=scan-codes]');
      const put = (one) => page.setInputFiles('dialog input[type=file]', picture(one));
      await put(invite);
      await page.getByText(words.noFrame).waitFor();
      world.failures.set('bundle.scan', 'newer_version');
      await put(invite);
      await page.getByText(words.newer).waitFor();
      world.failures.clear();
      await page.click('[data-do=cancel-scan]');
      await page.locator('dialog').waitFor({ state: 'detached' });
      alice.person.exported = { cells: 0 };
      await page.click('[data-do=show-codes]');
      await page.getByText(words.nothing).first().waitFor();
      await page.keyboard.press('Escape');
      alice.person.exported = { left_out: 3 };
      await page.click('[data-do=show-codes]');
      await page.locator('dialog').getByText(words.left).waitFor();
      await page.keyboard.press('Escape');

      const file = { name: 'brought.bundle', mimeType: 'application/octet-stream', buffer: Buffer.from(`SIMURGHP${'x'.repeat(60)}`) };
      await card(page).locator('input[type=file]').setInputFiles(file);
      await card(page).getByText(words.program).waitFor();
      await card(page).getByText('simurgh bundle import brought.bundle --program-to').waitFor();
    }, look));
}

test('on a phone held sideways a code is whole, with what is done with it beside', (browser) =>
  withAlice(browser, async ({ page }) => {
    const fits = async (...parts) => {
      for (const part of parts) {
        const box = await page.locator(part).boundingBox();
        assert.ok(box.y >= 0 && box.y + box.height <= SIDEWAYS.height, `${part} reaches to ${box.y + box.height}`);
      }
    };
    await goTo(page, '#/settings');
    await page.click('[data-do=show-codes]');
    await page.locator('dialog .qr svg').waitFor();
    await fits('dialog .qr', 'dialog [data-do=pause]', 'dialog .slow');
    await page.keyboard.press('Escape');
    await goTo(page, '#/chats');
    await page.click('button.add');
    await page.locator('dialog .qr svg').waitFor();
    await fits('dialog .qr', 'dialog .beside .primary');
    await fitsInside(page, 'an invite on a low screen');
  }, { viewport: SIDEWAYS, reducedMotion: 'reduce' }));

if (process.env.SIMURGH_BIN) {
  test('a message goes from a screen to a camera when no relay is left', async (browser) => {
    const dir = await mkdtemp(join(tmpdir(), 'simurgh-codes-'));
    const demo = await startDemo();
    const say = async (person, ...words) => JSON.parse((await promisify(execFile)(program(), ['--json', '--profile', person.profile, ...words])).stdout);
    const [alice, bob] = demo.said.people;
    const tabs = [];
    const eyes = [];
    try {
      for (const index of demo.said.relays.keys()) await call(alice.profile, 'demo.stop', { kind: 'relay', index });
      await say(alice, 'message', 'send', bob.name, 'from my screen to your camera');
      const shown = await open(browser, alice.page, { locale: 'en-GB' });
      tabs.push(shown);
      shown.page.setDefaultTimeout(SLOW_MS);
      await shown.page.waitForSelector('nav');
      await goTo(shown.page, '#/settings');
      await shown.page.selectOption('#bundle-to', bob.name);
      await pausedAtFirst(shown.page);
      const total = Number((await shown.page.locator('dialog .place').textContent()).match(/\d+$/)[0]);
      const file = join(dir, 'film.y4m');
      await film(browser, await pictures(shown.page, total), file);

      eyes.push(await withCamera(file));
      const seen = await open(eyes[0], bob.page, { locale: 'en-GB' });
      tabs.push(seen);
      seen.page.setDefaultTimeout(SLOW_MS);
      await seen.page.waitForSelector('nav');
      await goTo(seen.page, '#/settings');
      const began = Date.now();
      await seen.page.click('[data-do=scan-codes]');
      await card(seen.page).getByText('1 new message').waitFor({ timeout: 3 * SLOW_MS });
      console.log(`        ${total} codes in ${((Date.now() - began) / 1000).toFixed(1)} s, ${FILM.per_second} a second`);
      await openChat(seen.page, alice.name);
      await seen.page.locator('.row:not(.mine)', { hasText: 'from my screen to your camera' }).waitFor();
    } catch (error) {
      error.stack += `\nthe program said last:\n${demo.log().slice(-1500)}`;
      throw error;
    } finally {
      for (const tab of tabs) await tab.close();
      for (const one of eyes) await one.close();
      await rm(dir, { recursive: true });
      assert.equal(await demo.end(), 0, 'the demo did not end well on Ctrl-C');
    }
  }, 400_000);
}

/** Calls a method of a person's daemon over its socket. */
async function call(profile, method, params) {
  const socket = createConnection(join(profile, 'rpc.sock'));
  try {
    socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })}\n`);
    for await (const line of createInterface({ input: socket })) {
      const answer = JSON.parse(line);
      if (answer.id !== 1) continue;
      assert.ok(answer.error === undefined, `${method}: ${JSON.stringify(answer.error)}`);
      return answer.result;
    }
  } finally {
    socket.destroy();
  }
  throw new Error(`${method} got no answer`);
}
