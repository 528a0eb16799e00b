import { expect, it } from 'vitest';
import { inTurn } from './turns';

/** Something whose end is decided from outside. */
function later() {
  let [end, fail] = [() => {}, () => {}];
  const promise = new Promise<void>((resolve, reject) => ([end, fail] = [resolve, () => reject(new Error('cut'))]));
  return { promise, end, fail };
}

const settle = () => new Promise((next) => setTimeout(next));

it('what was written later goes later, whatever became of the first, and no other conversation waits', async () => {
  const [first, second] = [later(), later()];
  const begun: string[] = [];
  const send = (name: string, work: Promise<void>) => () => (begun.push(name), work);
  const one = inTurn('a', send('one', first.promise));
  const two = inTurn('a', send('two', second.promise));
  const three = inTurn('a', send('three', Promise.resolve()));
  const other = inTurn('b', send('other', Promise.resolve()));
  expect(begun).toEqual(['one', 'other']);
  await other;
  first.fail();
  await expect(one).rejects.toThrow('cut');
  await settle();
  expect(begun).toEqual(['one', 'other', 'two']);
  second.end();
  await Promise.all([two, three]);
  expect(begun).toEqual(['one', 'other', 'two', 'three']);
  void inTurn('a', send('four', Promise.resolve()));
  expect(begun.at(-1)).toBe('four');
});
