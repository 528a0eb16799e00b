// Reads something again when what names it changes or the line comes back, and says whether it is there.
import { app } from '../../stores/app.svelte';
import { explain } from '../../stores/ui.svelte';

export class Loaded<T> {
  value = $state.raw<T | null>(null);
  error = $state('');
  #again = $state(0);

  constructor(read: () => Promise<T>) {
    $effect(() => {
      void [this.#again, app.epoch];
      let stale = false;
      read().then(
        (value) => {
          if (!stale) [this.value, this.error] = [value, ''];
        },
        (failure: unknown) => {
          if (!stale) [this.value, this.error] = [null, explain(failure)];
        },
      );
      return () => (stale = true);
    });
  }

  retry = (): void => {
    this.error = '';
    this.#again += 1;
  };
}
