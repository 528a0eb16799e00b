// The page carries exchanges for the daemon: a real fetch, seen by a server of the test's own, and what the shield says.
import { createServer } from 'node:http';
import { assert, test, withAlice } from './harness.mjs';

const REACH_MS = 10_000;

/** A relay's part of it: a website, and under one path answers that a page of this machine may read. */
async function withRelay(use) {
  const seen = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    seen.push({ method: request.method, path: request.url, headers: request.headers, body });
    if (request.method === 'POST' && request.url === '/secret') {
      response.writeHead(200, { 'access-control-allow-origin': request.headers.origin, vary: 'Origin', 'content-type': 'application/octet-stream' });
      response.end(Buffer.concat([body, body]));
    } else {
      response.writeHead(request.url === '/' ? 200 : 404, { 'content-type': 'text/html' }).end('<h1>Bread</h1>');
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  try {
    await use(`http://127.0.0.1:${server.address().port}`, seen);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

/** Waits until something is there, and gives it. */
async function until(what, look) {
  for (const began = Date.now(); Date.now() - began < REACH_MS; await new Promise((next) => setTimeout(next, 10))) {
    const found = look();
    if (found) return found;
  }
  throw new Error(`${what}: not within ${REACH_MS} ms`);
}

/** The order function of Alice's page, once it lends, and what the page said of an order. */
async function lent(alice, world) {
  const order = await until('the page lends', () => [...alice.person.lenders][0]);
  const outcome = (id) => until(`what came of order ${id}`, () => world.fetched.find((one) => one.id === id)?.outcome);
  return { order, outcome };
}

test('the page carries an exchange to a relay and brings the answer back', (browser) =>
  withRelay((relay, seen) =>
    withAlice(browser, async ({ page, alice, world }) => {
      // The policy lets the page ask HTTPS servers only: the browser leads those of a name to the test's server.
      const { order, outcome } = await lent(alice, world);
      await page.route('https://relay.example/**', async (route) => {
        const request = route.request();
        const answer = await fetch(relay + new URL(request.url()).pathname, { method: request.method(), headers: await request.allHeaders().then(plain), body: request.postDataBuffer() ?? undefined });
        await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body: Buffer.from(await answer.arrayBuffer()) });
      });
      order({ kind: 'look', id: '1', url: 'https://relay.example/' });
      assert.deepEqual(await outcome('1'), { kind: 'answer', status: 0, body: '', more: false });
      order({ kind: 'fetch', id: '2', url: 'https://relay.example/secret', body: Buffer.from([0, 1, 254, 255]).toString('base64') });
      assert.deepEqual(await outcome('2'), { kind: 'answer', status: 200, body: Buffer.from([0, 1, 254, 255, 0, 1, 254, 255]).toString('base64'), more: false });
      const [look, exchange] = seen;
      assert.deepEqual([look.method, look.path, look.headers.origin], ['HEAD', '/', undefined]);
      assert.deepEqual([exchange.method, exchange.path, [...exchange.body]], ['POST', '/secret', [0, 1, 254, 255]]);
      assert.equal(exchange.headers.origin, alice.origin);
      for (const name of ['cookie', 'referer', 'content-type']) assert.equal(exchange.headers[name], undefined, name);
      assert.equal(exchange.headers['accept-language'], 'en');
      assert.ok(!seen.some((one) => one.method === 'OPTIONS'), 'no preflight');
    }),
  ));

const plain = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':') && !['host', 'content-length', 'connection', 'accept-encoding'].includes(name)));

test('what a website answers is not read, and what nobody answers is said', (browser) =>
  withAlice(
    browser,
    async ({ page, alice, world }) => {
      const { order, outcome } = await lent(alice, world);
      await page.route('https://site.example/**', (route) => route.fulfill({ status: 200, body: 'hello', headers: { 'access-control-allow-origin': 'https://other.example' } }));
      await page.route('https://blocked.example/**', (route) => route.abort('connectionreset'));
      order({ kind: 'fetch', id: '1', url: 'https://site.example/secret', body: 'AA==' });
      assert.equal((await outcome('1')).kind, 'failed');
      order({ kind: 'look', id: '2', url: 'https://site.example/' });
      assert.equal((await outcome('2')).kind, 'answer');
      order({ kind: 'look', id: '3', url: 'https://blocked.example/' });
      assert.equal((await outcome('3')).kind, 'failed');
      order({ kind: 'look', id: '4', url: 'http://site.example/' });
      assert.equal((await outcome('4')).kind, 'failed', 'the policy allows HTTPS only');
    },
    { expected: /CORS|Failed to load resource|Content Security Policy|Fetch API cannot load/ },
  ));

test('an exchange that nobody waits for is given up, and a page that comes back lends again', (browser) =>
  withAlice(browser, async ({ page, alice, world, mock }) => {
    const { order } = await lent(alice, world);
    const given = new Map();
    await page.route('https://relay.example/**', (route) => void given.set(new URL(route.request().url()).pathname, route.request()));
    const failed = [];
    page.on('requestfailed', (request) => failed.push(new URL(request.url()).pathname));
    for (const id of ['1', '2']) order({ kind: 'fetch', id, url: `https://relay.example/${id}`, body: 'AA==' });
    await until('both fetches', () => given.size === 2);
    order({ kind: 'abort', id: '1' });
    await until('the first is given up', () => failed.includes('/1'));
    assert.deepEqual(failed, ['/1']);
    mock.cut(alice.name);
    await until('the second is given up with the line', () => failed.includes('/2'));
    await until('the page lends again', () => [...alice.person.lenders].some((one) => one !== order));
    assert.deepEqual(world.fetched, []);
  }));

for (const [language, words] of Object.entries({
  en: { browser: 'Protected, through this browser', why: 'Only browsers get through', how: 'this browser that visits' },
  fa: { browser: 'ایمن، از راه همین مرورگر', why: 'تنها راه مرورگرها باز است', how: 'همین مرورگر است' },
})) {
  test(`the shield says that this browser carries the messages (${language})`, (browser) =>
    withAlice(browser, async ({ page, world }) => {
      await page.waitForSelector('nav');
      world.way = { carrier: 'browser', reason: 'fingerprint' };
      world.tellCarrier();
      await page.click('.pane header .icon-button.browser');
      for (const text of Object.values(words)) await page.locator('dialog p').filter({ hasText: text }).first().waitFor();
    }, { language }));
}
