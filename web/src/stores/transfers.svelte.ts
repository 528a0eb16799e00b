// Transfers from the wallet that are not yet final, asked after until they are.
import type { WalletSent } from '../api/generated';
import { CallFailed } from '../api/rpc';
import { app } from './app.svelte';

export interface Transfer extends WalletSent {
  amount: string;
  to: string;
}

const ASK_EVERY_MS = 700;
const SHOWN_MAX = 5;

class Transfers {
  list = $state.raw<Transfer[]>([]);
  /** Rises when one became final: the history is read again. */
  finals = $state(0);

  add(transfer: Transfer): void {
    this.list = [transfer, ...this.list].slice(0, SHOWN_MAX);
    this.#follow(transfer);
  }

  dismiss(id: string): void {
    this.list = this.list.filter((transfer) => transfer.id !== id);
  }

  #follow(transfer: Transfer): void {
    if (transfer.state === 'final' || transfer.state === 'failed') return;
    setTimeout(async () => {
      let now: Transfer = transfer;
      try {
        now = { ...transfer, ...(await app.call('wallet.transfer', { id: transfer.id })) };
      } catch (error) {
        // Not reached now: asked again.
        if (!(error instanceof CallFailed)) throw error;
      }
      if (!this.list.some((other) => other.id === transfer.id)) return;
      this.list = this.list.map((other) => (other.id === now.id ? now : other));
      if (now.state === 'final') this.finals += 1;
      this.#follow(now);
    }, ASK_EVERY_MS);
  }
}

export const transfers = new Transfers();
