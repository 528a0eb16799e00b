// One conversation's messages go one after another: in the order in which they were written.
const newest = new Map<string, Promise<unknown>>();

/** Sends when what was written before in this conversation has gone or failed. */
export function inTurn<T>(conversation: string, send: () => Promise<T>): Promise<T> {
  const before = newest.get(conversation);
  const turn = before === undefined ? send() : before.then(send, send);
  newest.set(conversation, turn);
  const leave = () => {
    if (newest.get(conversation) === turn) newest.delete(conversation);
  };
  turn.then(leave, leave);
  return turn;
}
