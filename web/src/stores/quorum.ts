// What the demo's network bears: how many of its parts may stop before it stands still.

/** Validators that must sign a block: all but the faulty ones that a Byzantine quorum of `all` bears. */
export function quorum(all: number): number {
  return all - Math.floor((all - 1) / 3);
}

/** Relays that must hold a message before it counts as sent. */
export const RELAYS_MIN = 2;
/** Relays that a message is put at. */
export const COPIES = 3;

export type Load = 'spare' | 'last' | 'halted';

/** Whether one part more may stop (`spare`), would halt it (`last`), or it stands still already. */
export function load(running: number, needed: number): Load {
  return running > needed ? 'spare' : running === needed ? 'last' : 'halted';
}
