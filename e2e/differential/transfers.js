// Several wallets that pay each other and others at random, from a seed.
const { Person, arriving, send, somewhere } = require('./people');

const ROUNDS = 320;
const MODES = [0, 1, 2, 3, 3, 3, 3, 16, 19, 32, 35, 64, 65, 66, 67, 80, 128, 130, 131, 160, 162, 4, 8, 192, 255];
const COMMENTS = [undefined, undefined, '', 'salam', 'for the tea', 'برای چای', '☕️ 🫖', 'x'.repeat(122), 'y'.repeat(124), 'long '.repeat(80)];

async function transfers(world) {
  const bank = somewhere('bank');
  const people = ['nasrin', 'omid', 'laleh', 'behzad', 'mina'].map((name) => new Person(name));
  people.push(new Person('behzad', { walletId: { networkGlobalId: -239, context: { workchain: 0, walletVersion: 'v5r1', subwalletNumber: 7 } } }));
  people.push(new Person('mina', { workchain: -1, walletId: { networkGlobalId: -239, context: { workchain: -1, walletVersion: 'v5r1', subwalletNumber: 0 } } }));
  const { random } = world;
  let sent = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    world.now += random.below(7200);
    const person = random.pick(people);
    person.seqno = world.seqno(person.address);
    if (world.balance(person.address) < 100_000_000n) {
      const amount = 200_000_000n + random.amount(50_000_000_000n);
      await world.follow(person.address, arriving(bank, person.address, amount, { bounce: random.below(2) === 0 && person.seqno > 0 }));
    }
    const count = random.below(40) === 0 ? 255 : random.below(8) === 0 ? 20 : 1 + random.below(4);
    const actions = Array.from({ length: count }, () => transfer(random, people, round));
    await world.follow(person.address, person.message(actions));
    sent += count;
  }
  return sent;
}

function transfer(random, people, round) {
  const to = random.below(5) === 0 ? somewhere(`stranger ${random.below(30)}`, random.below(6) === 0 ? -1 : 0) : random.pick(people).address;
  return send(to, random.amount(2_000_000_000n), {
    mode: random.below(3) === 0 ? random.pick(MODES) : 3,
    bounce: random.below(2) === 0,
    text: random.below(10) === 0 ? `round ${round}` : random.pick(COMMENTS),
  });
}

module.exports = { transfers };
