// Messages without a relay in the page, against the mock daemon: a file is saved and taken, and the local network's switch.
import { readFile } from 'node:fs/promises';
import { accessible, assert, fitsInside, fitsWidth, goTo, PHONE, test, withAlice } from './harness.mjs';

const card = (page) => page.locator('section[aria-labelledby=offline]');
const file = (name, buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

const WORDS = {
  en: { saved: 'with 3 pieces', nothing: 'Nothing is on its way', left: 'Not everything fitted', messages: '1,200 new messages', carried: 'carry 1 piece', none: 'Nothing in it is new', receipts: 'has arrived there', room: 'no room', future: 'from the future', bad: 'no file with messages', nobody: 'No contact is here', newer: 'newer Simurgh' },
  fa: { saved: 'با ۳ تکه', nothing: 'چیزی در راه نیست', left: 'همه جا نشد', messages: '۱٬۲۰۰ پیام تازه', carried: '۱ تکه برای دیگران', none: 'چیز تازه‌ای در آن نیست', receipts: 'چه چیزهایی آنجا رسیده', room: 'جای بیشتری نبود', future: 'از آینده', bad: 'پیام در خود ندارد', nobody: 'هیچ مخاطبی اینجا نیست', newer: 'سیمرغی تازه‌تر' },
};

/** Saves a file and gives its bytes. */
async function save(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-do=save-bundle]')]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const take = (page, bytes) => card(page).locator('input[type=file]').setInputFiles(file('brought.bundle', bytes));

for (const [language, words] of Object.entries(WORDS)) {
  test(`a file with messages is saved and taken, and what came of it is said in words (${language})`, (browser) =>
    withAlice(browser, async ({ page, alice }) => {
      await goTo(page, '#/settings');
      const says = (text) => card(page).getByText(text).first().waitFor();
      const saved = await save(page);
      assert.equal(saved.name, 'letters.bundle');
      assert.equal(saved.bytes.subarray(0, 8).toString(), 'SIMURGHB');
      await says(words.saved);
      alice.person.exported = { cells: 0, left_out: 2 };
      await save(page);
      await says(words.nothing);
      await says(words.left);
      for (const [taken, ...expected] of [
        [{ messages: 1_200, cells: 1_300, carried: 1 }, words.messages, words.carried],
        [{ cells: 1 }, words.receipts],
        [{ known: 4 }, words.none],
        [{ messages: 1, no_room: 3, from_future: true }, words.room, words.future],
      ]) {
        alice.person.bundle = taken;
        await take(page, (await save(page)).bytes);
        for (const text of expected) await says(text);
      }
      await take(page, Buffer.from('a photo, and no bundle at all, of more than forty-five bytes'));
      await says(words.bad);
      alice.person.refuses = 'newer_version';
      await take(page, saved.bytes);
      await says(words.newer);
      await accessible(page, `the settings (${language})`);
    }, { language, acceptDownloads: true }));

  test(`the local network is off until it is switched on, and says who is here (${language})`, (browser) =>
    withAlice(browser, async ({ page, alice }) => {
      await goTo(page, '#/settings');
      const toggle = card(page).getByRole('switch');
      await toggle.waitFor();
      assert.equal(await toggle.isChecked(), false);
      await toggle.click();
      await card(page).getByText(words.nobody).waitFor();
      alice.person.lan = { ...alice.person.lan, contacts: ['Bob', 'سارا'] };
      await card(page).getByText('سارا').waitFor();
      await fitsWidth(page, 'the settings');
      await fitsInside(page, 'the settings');
      await accessible(page, `the settings with the local network on (${language})`);
      if (process.env.SHOTS) await card(page).screenshot({ path: `${process.env.SHOTS}/offline-${language}.png` });
    }, { language, theme: language === 'fa' ? 'dark' : 'light', viewport: PHONE }));
}
