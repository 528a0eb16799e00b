// A stand-in for the daemon while the page is developed and tested: serves `dist` and the local API on loopback.
// Run `npm run mock`; then open the printed address. Never shipped.
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import qrcode from 'qrcode-generator';
import { WebSocketServer } from 'ws';
import { Failure, World } from './world.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css',
  '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8',
};
const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const WORDS = 'abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve acid acoustic acquire across act action actor actress actual'.split(' ');

/** The policy of the real daemon, so that what breaks it is seen here. */
const csp = (host) => [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self' data:",
  `connect-src 'self' ws://${host} https:`, 'frame-src http://127.0.0.1:*', 'frame-ancestors http://127.0.0.1:*',
  "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", 'trusted-types svelte-trusted-html',
].join('; ');

async function serveFile(request, response) {
  const path = normalize(new URL(request.url, 'http://x').pathname);
  const file = join(DIST, path === '/' ? 'index.html' : path);
  try {
    const body = await readFile(file);
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': csp(request.headers.host), 'cache-control': 'no-store',
    });
    response.end(body);
  } catch {
    response.writeHead(404).end('Not found');
  }
}

function draw(text) {
  const code = qrcode(0, 'M');
  code.addData(text, /^[0-9A-Z $%*+\-./:]+$/.test(text) ? 'Alphanumeric' : 'Byte');
  code.make();
  const size = code.getModuleCount();
  let modules = '';
  for (let y = 0; y < size; y += 1) for (let x = 0; x < size; x += 1) modules += code.isDark(y, x) ? '1' : '0';
  return { size, modules };
}

/** Bundles as the page sees them: the real format's head, and inside how much there would be of what. */
function bundleMethods(person) {
  const collections = (person.collections ??= new Map());
  const bundles = (person.bundles ??= new Map());
  const found = (id) => bundles.get(id) ?? fail('not_found', 'This bundle is not here any more.');
  const keep = (bytes) => {
    const id = randomBytes(16).toString('hex');
    bundles.set(id, bytes);
    return id;
  };
  return {
    'carrier.lan': ({ on }) => {
      person.lan = { on: false, contacts: [], neighbours: 0, ...person.lan, ...(on === undefined ? {} : { on }) };
      return person.lan;
    },
    'bundle.export': ({ to }) => {
      const body = Buffer.from(JSON.stringify({ to, taken: person.bundle ?? {} }));
      const head = Buffer.alloc(13);
      head.write('SIMURGHB');
      head[8] = 1;
      head.writeUInt32LE(body.length, 9);
      const bytes = Buffer.concat([head, body, createHash('sha256').update(head).update(body).digest()]);
      return { id: keep(bytes), bytes: bytes.length, to, cells: 3, carried: 0, left_out: 0, ...person.exported };
    },
    'bundle.read': ({ id, offset }) => {
      const part = found(id).subarray(offset, offset + 256 * 1024);
      return { data: part.toString('base64'), end: offset + part.length === found(id).length };
    },
    // Not the daemon's frames, but as many letters of the same kinds.
    'bundle.frame': ({ id, index }) => {
      const [bytes, step] = [found(id), person.frameBytes ?? 341];
      const name = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
      const data = bytes.subarray(index * step, (index + 1) * step).toString('hex');
      const total = Math.ceil(bytes.length / step);
      const text = `SIMURGH:FRAME/${index}.${total}.${name}.${data}`.toUpperCase();
      return { total, text, qr: draw(text) };
    },
    'bundle.scan': ({ id = randomBytes(16).toString('hex'), frame }) => {
      const said = /^SIMURGH:FRAME\/(\d+)\.(\d+)\.([0-9A-F]+)\.([0-9A-F]+)$/.exec(frame) ?? fail('bad_bundle', 'This code is no part of a bundle.');
      const [index, total, name] = [Number(said[1]), Number(said[2]), said[3]];
      if (!collections.has(id)) collections.set(id, { name, total, parts: new Map() });
      const { parts, ...all } = collections.get(id);
      const other = all.name !== name;
      if (!other) parts.set(index, Buffer.from(said[4], 'hex'));
      const whole = parts.size === all.total;
      if (whole) bundles.set(id, Buffer.concat([...parts].sort(([a], [b]) => a - b).map(([, data]) => data)));
      return { id, have: parts.size, total: all.total, other, whole };
    },
    'bundle.programs': () => ({}),
    'bundle.begin': () => ({ id: keep(Buffer.alloc(0)) }),
    'bundle.write': ({ id, data }) => void bundles.set(id, Buffer.concat([found(id), Buffer.from(data, 'base64')])) ?? {},
    'bundle.import': ({ id }) => {
      const bytes = found(id);
      if (person.refuses) fail(person.refuses, 'Not taken.');
      if (bytes.subarray(0, 8).toString() !== 'SIMURGHB') fail('bad_bundle', 'This is no bundle.');
      const { taken } = JSON.parse(bytes.subarray(13, -32).toString());
      return { messages: 0, cells: 0, known: 0, carried: 0, refused: 0, no_room: 0, from_future: false, ...taken };
    },
  };
}

function methods(world, person, pages, lend) {
  const conversation = (id) => world.find(person, id);
  const transaction = (hash) => world.transactions.get(hash) ?? fail('not_found', 'There is no such transaction.');
  return {
    'profile.get': () => person.profile,
    'profile.create': ({ name }) => (person.profile = { ...person.profile, name }),
    'profile.rename': ({ name }) => (person.profile = { ...person.profile, name }),
    'contact.list': () => person.contacts,
    'contact.invite': () => ({ link: `simurgh:invite#${randomBytes(120).toString('base64url')}`, expires_ms: Date.now() + 7 * 86_400_000 }),
    'contact.add': ({ link }) => {
      if (!link.includes('#')) fail('bad_link', 'This is no invite link.');
      // Nobody's name is known before they answer.
      const waiting = person.contacts.filter((c) => c.name.startsWith('…')).length;
      const made = world.contact(person, waiting === 0 ? '…' : `… ${waiting + 1}`, null, 'invited');
      world.emit(person, { kind: 'conversation', conversation: world.shown(made) });
      return person.contacts.at(-1);
    },
    'contact.rename': ({ name, to }) => {
      const contact = person.contacts.find((c) => c.name === name) ?? fail('not_found', 'There is no such contact.');
      conversation(name).title = to;
      contact.name = to;
      world.emit(person, { kind: 'contact', contact });
      world.emit(person, { kind: 'conversation', conversation: world.shown(conversation(to)) });
      return contact;
    },
    'contact.remove': ({ name }) => {
      person.conversations.delete(conversation(name).id);
      person.contacts = person.contacts.filter((c) => c.name !== name);
      world.emit(person, { kind: 'contacts' });
      return {};
    },
    'conversation.list': () => [...person.conversations.values()].map(world.shown),
    'message.list': ({ conversation: id, before, limit }) => {
      const list = person.messages.get(conversation(id).id);
      const end = before ? list.findIndex((m) => m.id === before) : list.length;
      return list.slice(Math.max(0, end - Math.min(limit, 200)), end);
    },
    'message.send': (params) => world.send(person, params),
    'message.mark_read': (params) => (world.markRead(person, params), {}),
    'message.search': ({ query, limit }) => [...person.messages.values()].flat()
      .filter((m) => m.text.toLowerCase().includes(query.toLowerCase())).sort((a, b) => b.at_ms - a.at_ms).slice(0, limit),
    'payment.quote': ({ conversation: id, to, amount, comment }) => world.quote(person, amount, id ? conversation(id).title : to, comment),
    'payment.send': (params) => world.pay(person, params),
    'wallet.balance': () => ({ balance: person.balance.toString(), pending: person.pending.toString() }),
    'wallet.address': () => ({ address: person.address, raw: `0:${createHash('sha256').update(person.key).digest('hex')}` }),
    'wallet.send': (params) => world.transfer(person, params),
    'wallet.transfer': ({ id }) => person.transfers.get(id) ?? fail('not_found', 'There is no such transfer.'),
    'wallet.history': ({ before_lt, before_place = '-1', limit }) => person.history
      .filter((e) => !before_lt || BigInt(e.lt) < BigInt(before_lt) || (e.lt === before_lt && before_place >= 0 && BigInt(e.place) > BigInt(before_place)))
      .slice(0, limit),
    'wallet.words': () => ({ words: WORDS }),
    'wallet.words_saved': () => {
      person.profile = { ...person.profile, words_saved: true };
      world.emit(person, { kind: 'profile', profile: person.profile });
      return {};
    },
    'chain.status': () => world.status(),
    'chain.blocks': ({ before, limit }) => world.blocks.filter((b) => !before || b.seqno < before).slice(0, limit)
      .flatMap((block) => [{ ...summary(block), transactions: 0 }, { ...summary(block), workchain: 0 }]),
    'chain.block': ({ workchain, seqno }) => {
      const block = world.blocks.find((b) => b.seqno === seqno) ?? fail('not_found', 'There is no such block.');
      return { ...summary(block), workchain, file_hash: block.root_hash, parent_hash: block.root_hash, transactions_list: block.list.map(transaction) };
    },
    'chain.account': ({ address }) => ({
      address, raw: `0:${createHash('sha256').update(address).digest('hex')}`, state: 'active', balance: person.balance.toString(),
      last_lt: world.lt.toString(), last_hash: person.history[0]?.hash ?? '', code_hash: createHash('sha256').update('v5').digest('hex'),
      verified: true, transactions: [...world.transactions.values()].filter((t) => t.account === address),
    }),
    'chain.transaction': ({ hash }) => transaction(hash),
    'chain.search': ({ query }) => {
      if (/^\d{1,9}$/.test(query)) return { kind: 'block', block: { workchain: -1, shard: '8000000000000000', seqno: Number(query) } };
      if (/^[0-9a-f]{64}$/i.test(query)) return { kind: 'transaction', hash: query };
      return query.length > 40 ? { kind: 'account', address: query } : { kind: 'nothing' };
    },
    'carrier.status': () => world.carrier(),
    'carrier.add': ({ link }) => world.addBridge(link),
    'carrier.invite': () => world.friend ?? { kind: 'link', link: `simurgh:bridge#${'Fr_1'.repeat(60)}`, expires_ms: Date.now() + 14 * 86_400_000, left: 7 },
    'carrier.remove': ({ id }) => world.removeBridge(id),
    'carrier.lend': ({ on }) => (lend(on), {}),
    'carrier.fetched': (fetched) => (world.fetched.push(fetched), {}),
    'carrier.region': ({ region }) => {
      if (region !== undefined) world.region = region === '' ? undefined : region;
      return { ...(world.region && { region: world.region }), relays: world.regions ?? [], unsaid: 0, contacts_elsewhere: 0 };
    },
    'carrier.use': ({ name }) => ((world.pinned = name === 'auto' ? undefined : name), world.tellCarrier(), world.carrier()),
    ...bundleMethods(person),
    'demo.status': () => ({ ...world.demo(), people: pages() }),
    'demo.stop': (params) => (setRunning(world, params, false), { ...world.demo(), people: [] }),
    'demo.start': (params) => (setRunning(world, params, true), { ...world.demo(), people: [] }),
    'settings.get': () => person.settings,
    'settings.set': (settings) => (person.settings = settings),
    'qr.encode': ({ text }) => draw(text),
    'doctor.look': () => world.seen,
    'doctor.run': () => [
      { check: 'relays', ok: world.relaysUp() === 3, detail: `${world.relaysUp()} of 3 answer`, advice: world.relaysUp() === 3 ? '' : 'Start the relay.' },
      { check: 'clock', ok: true, detail: 'within 20 ms of the chain', advice: '' },
    ],
  };
}

function summary({ list: _, ...block }) {
  return block;
}

function fail(reason, message) {
  throw new Failure(reason, message);
}

function setRunning(world, { kind, index }, running) {
  (kind === 'validator' ? world.validators : world.relays)[index].running = running;
  for (const person of world.people.values()) {
    world.emit(person, { kind: 'demo', demo: { ...world.demo(), people: [] } });
  }
  world.tellCarrier();
}

function serveSocket(socket, world, person, pages, sessions) {
  const lend = (on) => (on ? person.lenders.add(order) : person.lenders.delete(order));
  const table = methods(world, person, pages, lend);
  let seq = 0;
  const send = (frame) => socket.readyState === 1 && socket.send(JSON.stringify({ jsonrpc: '2.0', ...frame }));
  const listener = (event) => send({ method: 'event', params: { seq: String((seq += 1)), event } });
  const order = (params) => send({ method: 'order', params });
  socket.on('close', () => (person.listeners.delete(listener), person.lenders.delete(order)));
  socket.on('message', async (data) => {
    const { id, method, params } = JSON.parse(String(data));
    // Tests say which calls take their time; those that come later overtake them, as in the real daemon.
    const wait = world.slow.get(method)?.shift();
    if (wait) await new Promise((next) => setTimeout(next, wait));
    try {
      if (method === 'session.open') {
        if (params.token && !sessions.tokens.delete(params.token)) fail('no_session', 'The token was used.');
        if (!params.token && !sessions.open.has(params.session)) fail('no_session', 'No such session.');
        const session = params.session ?? randomBytes(16).toString('hex');
        sessions.open.add(session);
        person.listeners.add(listener);
        return send({ id, result: { session } });
      }
      if (!person.listeners.has(listener)) fail('no_session', 'Open a session first.');
      const call = table[method] ?? fail('no_such_method', `No method ${method}.`);
      // Tests say what fails, and whose answer is lost on the way.
      if (world.failures.has(method)) fail(world.failures.get(method), 'The test wants it so.');
      const result = call(params);
      world.calls.push({ method, params });
      if (world.lost.has(method)) return socket.terminate();
      const late = world.late.get(method)?.shift();
      if (late) await new Promise((next) => setTimeout(next, late));
      return send({ id, result });
    } catch (error) {
      const reason = error instanceof Failure ? error.reason : 'internal';
      return send({ id, error: { code: -32000, message: error.message, data: { reason } } });
    }
  });
}

/** Starts a page server per person; answers their addresses and how to stop. */
export async function startMock({ port = 0, tickMs = 500, ...options } = {}) {
  const world = new World(options);
  const servers = [];
  const pages = () => servers.map((server) => ({ name: server.name, page: server.page() }));
  for (const person of world.people.values()) {
    const sessions = { tokens: new Set(), open: new Set() };
    const http = createServer((request, response) => void serveFile(request, response));
    const sockets = new WebSocketServer({ server: http, path: '/rpc' });
    sockets.on('connection', (socket) => serveSocket(socket, world, person, pages, sessions));
    await new Promise((resolve) => http.listen(port === 0 ? 0 : port + servers.length, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${http.address().port}`;
    const page = (route = '') => {
      const token = randomBytes(12).toString('hex');
      sessions.tokens.add(token);
      return `${origin}/#${route === '' ? '' : `${route}&`}token=${token}`;
    };
    servers.push({ name: person.key, page, origin, http, sockets, person });
  }
  const timer = setInterval(() => world.tick(), tickMs);
  return {
    world,
    people: servers,
    /** Cuts every line to a person's page, as when the daemon dies; the server stays. */
    cut: (name) => servers.find((s) => s.name === name).sockets.clients.forEach((client) => client.terminate()),
    async stop() {
      clearInterval(timer);
      for (const { http, sockets } of servers) {
        sockets.clients.forEach((client) => client.terminate());
        sockets.close();
        http.closeAllConnections();
        await new Promise((resolve) => http.close(resolve));
      }
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const mock = await startMock({ port: Number(process.env['PORT'] ?? 8790) });
  for (const { name, page } of mock.people) console.log(`${name}: ${page()}`);
  console.log(`demo: ${mock.people[0].page('demo')}`);
}
